import ArgumentParser
import Evaluation
import LikenessCommand
import Measurements

/// The figures to compute for a list of pairs.
struct PairFigureOptions: ParsableArguments {
    @Option(
        name: .customLong("fmr"),
        help: "A false match rate at which the true accept rate (TAR) is reported; may be repeated.")
    var rates: [Double] = PairsReport.usualRates

    @Option(
        name: .customLong("threshold"),
        help:
            "Also count the errors at this threshold; may be repeated."
    )
    var thresholds: [Float] = []

    @Option(
        help:
            "The number of bootstrap rounds over people, for confidence intervals; 0 for none."
    )
    var bootstrap = 0

    /// The figures.
    var figures: PairFigures { PairFigures(rates: rates, thresholds: thresholds, bootstrapRounds: bootstrap) }

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) {
            throw ValidationError("--fmr must be between 0 and 1")
        }
        for threshold in thresholds where !(-1...1).contains(threshold) {
            throw ValidationError("--threshold must be from -1 to 1")
        }
        guard (0...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap must be from 0 to 1000000")
        }
    }
}
