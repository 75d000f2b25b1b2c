extension ClosedSetClassification {
    /// A method of identifying the person in a picture.
    public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
        /// The softmax classifier.
        case softmax
        /// The person whose training pictures have the most similar mean.
        case nearestMean = "nearest-mean"
    }

    /// A measure over all runs.
    public struct Measure: Codable, Hashable, Sendable {
        /// The name: `accuracy`, `top5`, or a measure with its kind of average, such as `macroPrecision`.
        public let name: String
        /// The summary over the runs.
        public let summary: RunSummary
    }

    /// Returns the results of a method in each run.
    public func reports(of method: Method) -> [ClassifierReport] {
        runs.map { method == .softmax ? $0.classifier : $0.template }
    }

    /// Returns the measures of a method over the runs.
    ///
    /// A measure that is undefined in a run is left out.
    public func measures(of method: Method) throws(EvaluationError) -> [Measure] {
        let reports = reports(of: method)
        var measures: [Measure] = []
        for kind in Self.kinds {
            let values = reports.compactMap(kind.value)
            guard values.count == reports.count else { continue }
            let summary = try RunSummary(values, smallerIsBetter: kind.smallerIsBetter)
            measures.append(Measure(name: kind.name, summary: summary))
        }
        return measures
    }

    private struct Kind {
        let name: String
        var smallerIsBetter = false
        let value: (ClassifierReport) -> Double?

        init(_ name: String, smallerIsBetter: Bool = false, _ value: @escaping (ClassifierReport) -> Double?) {
            (self.name, self.smallerIsBetter, self.value) = (name, smallerIsBetter, value)
        }
    }

    private static var kinds: [Kind] {
        [
            Kind("accuracy") { $0.accuracy.value },
            Kind("top5") { $0.identification.rate(rank: 5)?.value },
            Kind("macroPrecision") { $0.macro.precision },
            Kind("macroRecall") { $0.macro.recall },
            Kind("macroSpecificity") { $0.macro.specificity },
            Kind("macroF1") { $0.macro.f1 },
            Kind("macroFPR", smallerIsBetter: true) { $0.macro.falsePositiveRate },
            Kind("macroFNR", smallerIsBetter: true) { $0.macro.falseNegativeRate },
            Kind("macroAUC") { $0.macro.areaUnderCurve },
            Kind("microPrecision") { $0.micro.precision },
            Kind("microRecall") { $0.micro.recall },
            Kind("microSpecificity") { $0.micro.specificity },
            Kind("microF1") { $0.micro.f1 },
            Kind("microFPR", smallerIsBetter: true) { $0.micro.falsePositiveRate },
            Kind("microFNR", smallerIsBetter: true) { $0.micro.falseNegativeRate },
            Kind("matthewsCorrelation", \.matthewsCorrelation),
        ]
    }

    /// Returns the confusions of all runs together, the most frequent first, then by name.
    public func confusions(by method: Method) -> [Confusion] {
        var counts: [[Int]: Int] = [:], tested = Array(repeating: 0, count: people.count)
        for decision in runs.flatMap(\.decisions) {
            tested[decision.person] += 1
            let other = method == .softmax ? decision.classifier : decision.template
            if let other, other != decision.person { counts[[decision.person, other], default: 0] += 1 }
        }
        let order = counts.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
        }
        return order.map { pair, count in
            Confusion(
                person: people[pair[0]], takenFor: people[pair[1]], count: count, tested: tested[pair[0]])
        }
    }

    /// A person who was mistaken for another.
    public struct Confusion: Codable, Hashable, Sendable {
        /// The person in the pictures.
        public let person: String
        /// The person that was predicted.
        public let takenFor: String
        /// The number of pictures. One that was tested in several runs counts several times.
        public let count: Int
        /// The number of tested pictures of the person, counted in the same way.
        public let tested: Int
    }

    /// Returns the confusion matrix of all runs together.
    public func confusion(by method: Method) -> ConfusionMatrix {
        let decisions = runs.flatMap(\.decisions)
        return ConfusionMatrix(
            classes: people, truth: decisions.map(\.person),
            predicted: decisions.map { method == .softmax ? $0.classifier : $0.template })
    }
}
