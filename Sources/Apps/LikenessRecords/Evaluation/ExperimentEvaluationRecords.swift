/// A comparison of an experiment's new results with the published ones.
public struct ExperimentEvaluationRecord: Codable, Hashable, Sendable {
    /// A number and its uncertainty.
    public struct Number: Codable, Hashable, Sendable {
        /// The number; absent if the measurement has none.
        public var value: Double?
        /// The lower end of its interval; absent if there is none.
        public var low: Double?
        /// The upper end of its interval; absent if there is none.
        public var high: Double?
        /// The standard error or deviation; absent if there is none.
        public var spread: Double?

        /// Creates a record from its parts.
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
        /// The published number; absent if none is published.
        public var published: Number?
        /// Whether the new value is in the published interval; absent if ``published`` is absent.
        public var agrees: Bool?

        /// Creates a record from its parts.
        public init(row: String, column: String, now: Number, published: Number? = nil, agrees: Bool? = nil) {
            self.row = row
            self.column = column
            self.now = now
            self.published = published
            self.agrees = agrees
        }
    }

    /// The name of the experiment.
    public var name: String
    /// The cells of its table.
    public var figures: [Entry]

    /// Creates a record from its parts.
    public init(name: String, figures: [Entry]) {
        self.name = name
        self.figures = figures
    }
}

/// Experiments that were repeated: `evaluate experiment`.
public struct ExperimentsEvaluationRecord: Codable, Hashable, Sendable {
    /// The comparisons, one for each experiment.
    public var experiments: [ExperimentEvaluationRecord]

    /// Creates a record from its parts.
    public init(experiments: [ExperimentEvaluationRecord]) {
        self.experiments = experiments
    }
}

/// The list of experiments: `evaluate experiment --list`.
public struct ExperimentListRecord: Codable, Hashable, Sendable {
    /// One experiment.
    public struct Entry: Codable, Hashable, Sendable {
        /// The name.
        public var name: String
        /// The subject of the experiment.
        public var title: String

        /// Creates a record from its parts.
        public init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    /// The experiments.
    public var experiments: [Entry]

    /// Creates a record from its parts.
    public init(experiments: [Entry]) {
        self.experiments = experiments
    }
}
