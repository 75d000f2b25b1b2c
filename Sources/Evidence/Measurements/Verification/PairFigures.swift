public import Evaluation

/// Which figures of a list of pairs are computed.
public struct PairFigures: Sendable {
    /// The false match rates at which true match rates are given, each between 0 and 1.
    public var rates: [Double]
    /// Thresholds from elsewhere at which errors are counted too, -1...1.
    public var thresholds: [Float]
    /// How often people are drawn for intervals; 0 leaves these out.
    public var bootstrapRounds: Int

    /// How often people are drawn for the difference of two models, unless ``bootstrapRounds`` says how often.
    private static let usualContrastRounds = 1000

    /// How often people are drawn for the difference of two models.
    var contrastRounds: Int { bootstrapRounds > 0 ? bootstrapRounds : Self.usualContrastRounds }

    /// Figures; the usual ones unless others are given.
    ///
    /// - Parameters:
    ///   - rates: The false match rates at which true match rates are given.
    ///   - thresholds: Thresholds from elsewhere at which errors are counted too.
    ///   - bootstrapRounds: How often people are drawn for intervals; 0 leaves these out.
    public init(
        rates: [Double] = PairsReport.usualRates, thresholds: [Float] = [], bootstrapRounds: Int = 0
    ) {
        (self.rates, self.thresholds, self.bootstrapRounds) = (rates, thresholds, bootstrapRounds)
    }
}
