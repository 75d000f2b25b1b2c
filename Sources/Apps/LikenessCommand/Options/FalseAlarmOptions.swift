import ArgumentParser
import Faces
import Likeness

/// How often a face of nobody in a gallery may be taken for somebody.
struct FalseAlarmOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The share of unknown people who may be identified as somebody, for the whole gallery; replaces --fmr.",
            valueName: "rate"))
    var fpir: Double?

    mutating func validate() throws {
        if let fpir, !(fpir > 0 && fpir < 1) { throw ValidationError("--fpir lies between 0 and 1") }
    }

    /// Checks that no other option says what a match is.
    func check(beside threshold: ThresholdOptions) throws {
        guard fpir != nil, threshold.fmr != nil || threshold.threshold != nil else { return }
        throw ValidationError("--fpir, --fmr and --threshold exclude each other")
    }
}

extension DecisionOptions {
    /// How similarities become decisions in a gallery.
    func policy(_ alarms: FalseAlarmOptions) -> DecisionPolicy {
        DecisionPolicy(threshold.basis(alarms), prior: prior, adaptsToConditions: !oneThreshold)
    }
}

extension ThresholdOptions {
    /// The number that decisions in a gallery are held to.
    func basis(_ alarms: FalseAlarmOptions) -> DecisionPolicy.Basis {
        alarms.fpir.map { .falseAlarmRate($0) } ?? basis
    }
}
