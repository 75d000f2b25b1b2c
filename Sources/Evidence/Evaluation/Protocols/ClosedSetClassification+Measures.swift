extension ClosedSetClassification {
    /// What decides whom a picture is taken for.
    public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
        /// The softmax classifier.
        case softmax
        /// The person whose learned pictures have the nearest mean.
        case nearestMean = "nearest-mean"
    }

    /// A measure over all runs.
    public struct Measure: Codable, Hashable, Sendable {
        /// `accuracy`, `top5`, or a measure with what it is averaged by: `macroPrecision`.
        public let name: String
        /// Over the runs.
        public let summary: RunSummary
    }

    /// What a method found in each run.
    public func reports(of method: Method) -> [ClassifierReport] {
        runs.map { method == .softmax ? $0.classifier : $0.template }
    }

    /// Returns the measures of a method over the runs; one that is not defined in a run is left out.
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

    /// Who was taken for whom in all runs together, the most often confused first, then by name.
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

    /// A person who was taken for another one.
    public struct Confusion: Codable, Hashable, Sendable {
        /// Who is in the pictures.
        public let person: String
        /// Who was found.
        public let takenFor: String
        /// How many pictures, one that was tested in several runs as often.
        public let count: Int
        /// How many pictures of the person were tested, likewise.
        public let tested: Int
    }

    /// Who was taken for whom in all runs together.
    public func confusion(by method: Method) -> ConfusionMatrix {
        let decisions = runs.flatMap(\.decisions)
        return ConfusionMatrix(
            classes: people, truth: decisions.map(\.person),
            predicted: decisions.map { method == .softmax ? $0.classifier : $0.template })
    }
}
