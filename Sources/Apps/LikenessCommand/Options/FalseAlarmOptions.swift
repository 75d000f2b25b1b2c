package import ArgumentParser
import Faces
package import Likeness

/// How often a face of nobody in a gallery may be taken for somebody.
package struct FalseAlarmOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The share of unknown people who may be identified as somebody, for the whole gallery; replaces --fmr.",
            valueName: "rate"))
    package var fpir: Double?

    package init() {}

    package mutating func validate() throws {
        if let fpir, !(fpir > 0 && fpir < 1) { throw ValidationError("--fpir lies between 0 and 1") }
    }

    /// Checks that no other option says what a match is.
    package func check(beside threshold: ThresholdOptions) throws {
        guard fpir != nil, threshold.fmr != nil || threshold.threshold != nil else { return }
        throw ValidationError("--fpir, --fmr and --threshold exclude each other")
    }
}

extension DecisionOptions {
    /// How similarities become decisions in a gallery.
    package func policy(_ alarms: FalseAlarmOptions) -> DecisionPolicy {
        DecisionPolicy(threshold.basis(alarms), prior: prior, adaptsToConditions: !oneThreshold)
    }
}

extension ThresholdOptions {
    /// The number that decisions in a gallery are held to.
    package func basis(_ alarms: FalseAlarmOptions) -> DecisionPolicy.Basis {
        alarms.fpir.map { .falseAlarmRate($0) } ?? basis
    }
}
