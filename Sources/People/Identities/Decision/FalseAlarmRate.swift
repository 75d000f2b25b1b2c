public import Faces
import Foundation

/// A rate of false alarms in a gallery of some size, and the rate per comparison that it requires.
///
/// The rate of false alarms is the false positive identification rate (FPIR) of ISO/IEC 19795-1: the share of probes of
/// people who are not enrolled whom the gallery identifies as someone. Each probe is compared with every template. The
/// calculation counts each template as a separate person. The observed rate is therefore at most the stated one,
/// however similar a person's templates are, if strangers resemble those on whom the model's card was measured.
public struct FalseAlarmRate: Hashable, Sendable {
    /// The highest rate of false alarms per probe, 0...1. It is lower than requested if the card measured no false
    /// match rate as high as the request allows.
    public let perProbe: Double
    /// The false match rate per comparison, 0...1. The model's card states the threshold for it.
    public let perComparison: Double

    /// Computes the rate per comparison for `rate` false alarms per probe in a gallery of `size`: 1 − (1 − rate)^(1/n)
    /// with n templates.
    ///
    /// If the card's highest rate per comparison is lower, that one is used, and there are fewer alarms.
    ///
    /// - Parameters:
    ///   - rate: The highest rate of false alarms per probe, between 0 and 1.
    ///   - size: The size of the gallery.
    ///   - card: The card of the gallery's model.
    /// - Throws: ``GalleryError/unsupportedFalseAlarmRate(_:)`` if the card was measured on too few people;
    ///   `FaceError.unsupportedFalseMatchRate` if it has no measured error rates, or `rate` is invalid.
    public init(_ rate: Double, in size: GallerySize, by card: ModelCard) throws {
        guard rate > 0, rate < 1 else {
            throw FaceError.unsupportedFalseMatchRate(rate, reason: "a rate must be between 0 and 1")
        }
        let supported = try Self.supported(by: card, at: rate)
        let needed = size.falseMatchRate(falseAlarms: rate)
        // A rate that was rounded when it was shown to the user must still be accepted.
        guard needed >= supported.range.lowerBound * (1 - 1e-9) else {
            throw GalleryError.unsupportedFalseAlarmRate(
                FalseAlarmShortfall(
                    asked: rate, size: size, neededRate: needed,
                    neededPairs: (MatchCalibration.fewestFalseMatches / needed).rounded(.up), pairs: supported.pairs,
                    lowestRate: supported.range.lowerBound,
                    lowest: Self.roundedUp(
                        FalseAlarms.rate(
                            falseMatchRate: supported.range.lowerBound, comparisons: size.templates))))
        }
        perComparison = min(max(needed, supported.range.lowerBound), supported.range.upperBound)
        perProbe =
            needed > perComparison
            ? min(rate, size.falseAlarms(falseMatchRate: perComparison).byTemplates) : rate
    }

    /// Returns the lowest rate that the card supports in a gallery of `size`.
    ///
    /// - Throws: `FaceError.unsupportedFalseMatchRate` if the card has no measured error rates.
    public static func lowest(in size: GallerySize, by card: ModelCard) throws -> FalseAlarmRate {
        let supported = try supported(by: card, at: 0).range.lowerBound
        return FalseAlarmRate(
            perProbe: size.falseAlarms(falseMatchRate: supported).byTemplates, perComparison: supported)
    }

    private init(perProbe: Double, perComparison: Double) {
        self.perProbe = perProbe
        self.perComparison = perComparison
    }

    /// Returns the false match rates that the card supports, and its number of pairs of people.
    private static func supported(
        by card: ModelCard, at rate: Double
    ) throws -> (range: ClosedRange<Double>, pairs: Int) {
        guard let calibration = card.calibration, let highest = calibration.points.first?.falseMatchRate,
            let last = calibration.points.last?.falseMatchRate
        else {
            throw FaceError.unsupportedFalseMatchRate(
                rate, reason: "the card of \(card.name) has no measured error rates")
        }
        let lowest = max(calibration.lowestSupportedRate, last)
        guard lowest <= highest else {
            throw FaceError.unsupportedFalseMatchRate(
                rate, reason: "the card of \(card.name) was measured on too few pairs of people")
        }
        return (lowest...highest, calibration.peoplePairs)
    }

    /// Returns `rate` rounded up to two digits.
    private static func roundedUp(_ rate: Double) -> Double {
        guard rate > 0, rate.isFinite else { return rate }
        let unit = pow(10, floor(log10(rate)) - 1)
        return min((rate / unit - 1e-9).rounded(.up) * unit, 1)
    }
}

extension Gallery {
    /// Returns the rate per comparison for `rate` false alarms per probe in this gallery at its current size.
    ///
    /// - Parameters:
    ///   - rate: The highest rate of false alarms per probe, between 0 and 1.
    ///   - card: The card of the gallery's model.
    /// - Throws: The errors of ``FalseAlarmRate/init(_:in:by:)``.
    public func falseAlarmRate(_ rate: Double, by card: ModelCard) async throws -> FalseAlarmRate {
        try FalseAlarmRate(rate, in: try await size(), by: card)
    }
}
