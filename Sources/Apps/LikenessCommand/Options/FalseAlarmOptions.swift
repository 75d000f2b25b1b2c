package import ArgumentParser
import Faces
package import Likeness

/// The rate at which faces of people outside a gallery may be identified as someone in it.
package struct FalseAlarmOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The share of people outside the gallery who may be identified as someone in it; replaces --fmr.",
            valueName: "rate"))
    package var fpir: Double?

    package init() {}

    package mutating func validate() throws {
        if let fpir, !(fpir > 0 && fpir < 1) { throw ValidationError("--fpir must be between 0 and 1") }
    }

    /// Checks that no other option sets the threshold.
    package func check(beside threshold: ThresholdOptions) throws {
        guard fpir != nil, threshold.fmr != nil || threshold.threshold != nil else { return }
        throw ValidationError("--fpir can't be used together with --fmr or --threshold")
    }
}

extension DecisionOptions {
    /// Returns the policy for decisions in a gallery.
    package func policy(_ alarms: FalseAlarmOptions) -> DecisionPolicy {
        DecisionPolicy(threshold.basis(alarms), prior: prior, adaptsToConditions: !oneThreshold)
    }
}

extension ThresholdOptions {
    /// Returns the rate or threshold for decisions in a gallery.
    package func basis(_ alarms: FalseAlarmOptions) -> DecisionPolicy.Basis {
        alarms.fpir.map { .falseAlarmRate($0) } ?? basis
    }
}
