import Evaluation
import Faces
import Foundation
import Networks

/// A calibration from the network's log-odds of being an adult to the probability of being a child (Platt, 1999).
struct AgeCalibration: Codable, Hashable, Sendable {
    /// The factor of the log-odds of being an adult.
    var slope = 1.0
    /// The offset that is added to them.
    var offset = 0.0

    /// Returns the probability that a face is a child's, 0...1.
    func childProbability(_ logit: Double) -> Double { ProbabilityCalibration.sigmoid(-(slope * logit + offset)) }

    /// The weight of half the squared slope in the loss, equal to that of one picture. It matters only if the classes
    /// are separated perfectly.
    private static let ridge = 1.0

    /// Creates the calibration that changes nothing.
    init() {}

    /// Fits the most likely calibration of some looks.
    ///
    /// - Throws: `EvaluationError.calibrationFailed` if all of them or none of them show children.
    init(_ looks: [AgeReport.Look]) throws {
        let weights = try LogisticRegression(
            inputs: looks.map { [$0.logit] }, targets: looks.map { $0.labels.isChild ? 0 : 1 }, ridge: Self.ridge
        ).weights
        (offset, slope) = (weights[0], weights[1])
    }
}

/// The results of the network on held-out pictures.
struct AgeReport {
    /// The network's output for one picture in one alteration.
    struct Look: Hashable, Sendable {
        var labels: AgePicture.Labels
        /// The alteration of the picture.
        var copies: AgeCopies
        /// The network's log-odds that the person is older than a child.
        var logit: Double
    }

    /// A group of faces, with the number classified as children and the accuracy.
    struct Row: Codable, Hashable {
        /// The alteration of the pictures.
        var copies: String
        /// The group: `all`, `child`, `adult`, an age group, or a group by gender or race.
        var group: String
        /// The number of pictures.
        var count: Int
        /// The number of pictures classified as children, that is, with a probability of at least 0.5.
        var calledChildren: Int
        /// The share of correct classifications and its 95 % interval (Clopper and Pearson).
        var right: Double
        var low: Double
        var high: Double
    }

    var looks: [Look]
    var calibration: AgeCalibration

    private func isCalledChild(_ look: Look) -> Bool { calibration.childProbability(look.logit) >= 0.5 }

    private func isRight(_ look: Look) -> Bool { isCalledChild(look) == look.labels.isChild }

    /// The mean −log p of the true class, with equal weights for children and adults.
    var balancedLoss: Double {
        mean { look in
            let child = calibration.childProbability(look.logit)
            return -log(max(look.labels.isChild ? child : 1 - child, 1e-12))
        }
    }

    /// The mean of the accuracies for children and for adults.
    var balancedAccuracy: Double { mean { isRight($0) ? 1 : 0 } }

    /// The expected calibration error of the class "child", over ten bins of equal width.
    var calibrationError: Double {
        get throws {
            try CalibrationQuality(
                probabilities: looks.map { calibration.childProbability($0.logit) },
                outcomes: looks.map(\.labels.isChild), bins: 10
            ).expectedCalibrationError
        }
    }

    /// Averages a number over children and over adults, then averages the two.
    private func mean(_ number: (Look) -> Double) -> Double {
        let means = [true, false].compactMap { isChild -> Double? in
            let group = looks.filter { $0.labels.isChild == isChild }
            return group.isEmpty ? nil : group.reduce(0) { $0 + number($1) } / Double(group.count)
        }
        return means.reduce(0, +) / Double(max(means.count, 1))
    }

    /// Returns the results for one alteration.
    func altered(_ copies: AgeCopies) -> AgeReport {
        AgeReport(looks: looks.filter { $0.copies == copies }, calibration: calibration)
    }

    /// Returns rows for every alteration: by age, and for children and adults by gender and race.
    func rows() throws -> [Row] {
        try AgeCopies.allCases.flatMap { copies in
            let own = altered(copies).looks
            return try Self.groups.compactMap { name, isMember in
                try row(copies.rawValue, name, own.filter { isMember($0.labels) })
            }
        }
    }

    private typealias Member = (AgePicture.Labels) -> Bool

    /// The groups that have rows, with a test for membership.
    private static var groups: [(String, Member)] {
        let kinds: [(String, Member)] = [("child", { $0.isChild }), ("adult", { !$0.isChild })]
        let ages = AgePicture.Group.allCases.map { group -> (String, Member) in
            ("age \(group.rawValue)", { AgePicture.Group(age: $0.age) == group })
        }
        let people: [(String, Member)] =
            ["male", "female"].map { name in (name, { $0.genderName == name }) }
            + ["White", "Black", "Asian", "Indian", "others"].map { name in (name, { $0.raceName == name }) }
        let crossed = kinds.flatMap { kind, isOfKind in
            people.map { name, isOne -> (String, Member) in ("\(kind), \(name)", { isOfKind($0) && isOne($0) }) }
        }
        return [("all", { _ in true })] + kinds + ages + crossed
    }

    private func row(_ copies: String, _ group: String, _ looks: [Look]) throws -> Row? {
        guard !looks.isEmpty else { return nil }
        let right = looks.count(where: isRight)
        let interval = try BinomialInterval(successes: right, of: looks.count)
        return Row(
            copies: copies, group: group, count: looks.count, calledChildren: looks.count(where: isCalledChild),
            right: Double(right) / Double(looks.count), low: interval.low, high: interval.high)
    }
}
