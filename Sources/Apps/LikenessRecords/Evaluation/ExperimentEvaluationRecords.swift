/// An experiment's new numbers beside the published ones.
public struct ExperimentEvaluationRecord: Codable, Hashable, Sendable {
    /// A number, with what is known of its uncertainty.
    public struct Number: Codable, Hashable, Sendable {
        /// The number; absent if the measurement had none.
        public var value: Double?
        /// Lower end of its interval; absent if it has none.
        public var low: Double?
        /// Upper end of its interval; absent if it has none.
        public var high: Double?
        /// Its standard error or deviation; absent if it has none.
        public var spread: Double?

        /// A record from its parts.
        public init(value: Double? = nil, low: Double? = nil, high: Double? = nil, spread: Double? = nil) {
            self.value = value
            self.low = low
            self.high = high
            self.spread = spread
        }
    }

    /// One cell of the table.
    public struct Entry: Codable, Hashable, Sendable {
        /// The row's title.
        public var row: String
        /// The column's title.
        public var column: String
        /// The new number.
        public var now: Number
        /// The published one; absent if nothing is published.
        public var published: Number?
        /// Whether the new value lies in the published interval; absent with ``published``.
        public var agrees: Bool?

        /// A record from its parts.
        public init(row: String, column: String, now: Number, published: Number? = nil, agrees: Bool? = nil) {
            self.row = row
            self.column = column
            self.now = now
            self.published = published
            self.agrees = agrees
        }
    }

    /// The experiment.
    public var name: String
    /// Every cell of its table.
    public var figures: [Entry]

    /// A record from its parts.
    public init(name: String, figures: [Entry]) {
        self.name = name
        self.figures = figures
    }
}

/// Experiments that were run again: `evaluate experiment`.
public struct ExperimentsEvaluationRecord: Codable, Hashable, Sendable {
    /// Each experiment.
    public var experiments: [ExperimentEvaluationRecord]

    /// A record from its parts.
    public init(experiments: [ExperimentEvaluationRecord]) {
        self.experiments = experiments
    }
}

/// The experiments that there are: `evaluate experiment --list`.
public struct ExperimentListRecord: Codable, Hashable, Sendable {
    /// One experiment.
    public struct Entry: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// What it shows.
        public var title: String

        /// A record from its parts.
        public init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    /// Each experiment.
    public var experiments: [Entry]

    /// A record from its parts.
    public init(experiments: [Entry]) {
        self.experiments = experiments
    }
}
