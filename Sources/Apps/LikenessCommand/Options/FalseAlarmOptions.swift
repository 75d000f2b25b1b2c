import ArgumentParser
import Faces
import Identities

/// How often a face of nobody in a gallery may be taken for somebody.
struct FalseAlarmOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The rate of false alarms: the share of faces of unknown people that may be taken for somebody of this gallery, however many people it holds. In place of --fmr.",
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
    /// How the similarities of `card`'s model become decisions in a gallery of `size`.
    ///
    /// - Throws: `GalleryError.unsupportedFalseAlarmRate` where the card can't support --fpir.
    func rule(_ card: ModelCard, in size: GallerySize, _ alarms: FalseAlarmOptions) throws -> MatchRule {
        guard let asked = alarms.fpir else { return try rule(card) }
        let rate = try FalseAlarmRate(asked, in: size, by: card)
        return try MatchRule(card, falseMatchRate: rate.perComparison, prior: prior, adapts: !oneThreshold)
    }
}
