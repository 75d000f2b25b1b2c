import ArgumentParser
import Evaluation
import LikenessCommand
import Measurements

/// Which figures of a list of pairs are given.
struct PairFigureOptions: ParsableArguments {
    @Option(
        name: .customLong("fmr"), help: "A false match rate at which to give the TAR; may be repeated.")
    var rates: [Double] = PairsReport.usualRates

    @Option(
        name: .customLong("threshold"),
        help:
            "Also count the errors at this threshold, such as that of bare faces; may be repeated."
    )
    var thresholds: [Float] = []

    @Option(
        help:
            "Bootstrap rounds over people, for intervals; 0 for none."
    )
    var bootstrap = 0

    /// The figures.
    var figures: PairFigures { PairFigures(rates: rates, thresholds: thresholds, bootstrapRounds: bootstrap) }

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) {
            throw ValidationError("--fmr lies between 0 and 1")
        }
        for threshold in thresholds where !(-1...1).contains(threshold) {
            throw ValidationError("--threshold is -1 to 1")
        }
        guard (0...1_000_000).contains(bootstrap) else { throw ValidationError("--bootstrap is 0 to 1000000") }
    }
}
