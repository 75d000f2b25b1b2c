public import Evaluation

/// The choice of results to compute for a list of pairs.
public struct PairFigures: Sendable {
    /// The false match rates for which true match rates are computed, each between 0 and 1.
    public var rates: [Double]
    /// Thresholds from another source at which errors are counted too, -1...1.
    public var thresholds: [Float]
    /// The number of times people are resampled for intervals; 0 for no intervals.
    public var bootstrapRounds: Int

    /// The number of times people are resampled for the difference of two models, unless ``bootstrapRounds`` is set.
    private static let usualContrastRounds = 1000

    /// The number of times people are resampled for the difference of two models.
    var contrastRounds: Int { bootstrapRounds > 0 ? bootstrapRounds : Self.usualContrastRounds }

    /// Creates a choice of results.
    ///
    /// - Parameters:
    ///   - rates: The false match rates for which true match rates are computed.
    ///   - thresholds: Thresholds from another source at which errors are counted too.
    ///   - bootstrapRounds: The number of times people are resampled for intervals; 0 for no intervals.
    public init(
        rates: [Double] = PairsReport.usualRates, thresholds: [Float] = [], bootstrapRounds: Int = 0
    ) {
        (self.rates, self.thresholds, self.bootstrapRounds) = (rates, thresholds, bootstrapRounds)
    }
}
