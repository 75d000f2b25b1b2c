import Evaluation
import Faces
import Foundation
import Networks

/// From the network's log-odds of being grown up to a probability of being a child (Platt, 1999).
struct AgeCalibration: Codable, Hashable, Sendable {
    /// Factor of the log-odds of being grown up.
    var slope = 1.0
    /// What is added to them.
    var offset = 0.0

    /// The probability that a face is a child's, 0...1.
    func childProbability(_ logit: Double) -> Double { ProbabilityCalibration.sigmoid(-(slope * logit + offset)) }

    /// Half the squared slope costs as much as one more picture would: it matters only where all are told apart.
    private static let ridge = 1.0

    /// Nothing is changed.
    init() {}

    /// The most likely calibration of some looks.
    ///
    /// - Throws: `EvaluationError.calibrationFailed` where all of them are children, or none is.
    init(_ looks: [AgeReport.Look]) throws {
        let weights = try LogisticRegression(
            inputs: looks.map { [$0.logit] }, targets: looks.map { $0.labels.isChild ? 0 : 1 }, ridge: Self.ridge
        ).weights
        (offset, slope) = (weights[0], weights[1])
    }
}

/// What the network makes of held-out pictures.
struct AgeReport {
    /// A picture, as it was shown, and what the network says.
    struct Look: Hashable, Sendable {
        var labels: AgePicture.Labels
        /// How the picture was altered.
        var copies: AgeCopies
        /// The network's log-odds that the person is older than a child.
        var logit: Double
    }

    /// Faces of one kind: how many are called children, and how many rightly called what they are.
    struct Row: Codable, Hashable {
        /// How the pictures were altered.
        var copies: String
        /// Whose they are: `all`, `child`, `grown-up`, an age group, or a group by gender or race.
        var group: String
        /// How many pictures.
        var count: Int
        /// How many are called children: the probability is 0.5 or more.
        var calledChildren: Int
        /// The share that is called what it is, and its 95 % interval (Clopper and Pearson).
        var right: Double
        var low: Double
        var high: Double
    }

    var looks: [Look]
    var calibration: AgeCalibration

    private func isCalledChild(_ look: Look) -> Bool { calibration.childProbability(look.logit) >= 0.5 }

    private func isRight(_ look: Look) -> Bool { isCalledChild(look) == look.labels.isChild }

    /// Mean −log p of what the pictures show, children and grown-ups counting the same.
    var balancedLoss: Double {
        mean { look in
            let child = calibration.childProbability(look.logit)
            return -log(max(look.labels.isChild ? child : 1 - child, 1e-12))
        }
    }

    /// The mean of the share of children and the share of grown-ups that are told right.
    var balancedAccuracy: Double { mean { isRight($0) ? 1 : 0 } }

    /// The expected calibration error of 'a child', over ten bins of equal width.
    var calibrationError: Double {
        get throws {
            try CalibrationQuality(
                probabilities: looks.map { calibration.childProbability($0.logit) },
                outcomes: looks.map(\.labels.isChild), bins: 10
            ).expectedCalibrationError
        }
    }

    /// The mean of a number over children and over grown-ups, then over the two.
    private func mean(_ number: (Look) -> Double) -> Double {
        let means = [true, false].compactMap { isChild -> Double? in
            let group = looks.filter { $0.labels.isChild == isChild }
            return group.isEmpty ? nil : group.reduce(0) { $0 + number($1) } / Double(group.count)
        }
        return means.reduce(0, +) / Double(max(means.count, 1))
    }

    /// The looks at pictures altered in one way.
    func altered(_ copies: AgeCopies) -> AgeReport {
        AgeReport(looks: looks.filter { $0.copies == copies }, calibration: calibration)
    }

    /// Rows for every kind of copies: by age, and children and grown-ups by gender and race.
    func rows() throws -> [Row] {
        try AgeCopies.allCases.flatMap { copies in
            let own = altered(copies).looks
            return try Self.groups.compactMap { name, isMember in
                try row(copies.rawValue, name, own.filter { isMember($0.labels) })
            }
        }
    }

    private typealias Member = (AgePicture.Labels) -> Bool

    /// The kinds of people that have rows, and who belongs to each.
    private static var groups: [(String, Member)] {
        let kinds: [(String, Member)] = [("child", { $0.isChild }), ("grown-up", { !$0.isChild })]
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
