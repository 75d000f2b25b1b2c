public import Faces
import Foundation

/// A promise for a gallery of some size: how often a probe of nobody in it is taken for somebody, and what each
/// comparison must be held to for that.
///
/// The rate of false alarms is the false-positive identification rate (FPIR) of ISO/IEC 19795-1: the share of probes of
/// people who are not enrolled for which the gallery names somebody. Each probe is compared with every template. Counting
/// each template as a person of its own keeps the promise however alike a person's templates are: what is observed lies
/// at or below the stated rate, as far as strangers are like those that the model's card was measured on.
public struct FalseAlarmRate: Hashable, Sendable {
    /// The most false alarms per probe, 0...1.
    public let perProbe: Double
    /// False matches per comparison, 0...1: look its threshold up in the model's card.
    public let perComparison: Double

    /// What `rate` false alarms per probe ask of each comparison in a gallery of `size`: 1 − (1 − rate)^(1/n) with n
    /// templates.
    ///
    /// Where the card's highest rate per comparison is lower than that, it is used: there are fewer alarms then.
    ///
    /// - Parameters:
    ///   - rate: The most false alarms per probe, between 0 and 1.
    ///   - size: The gallery's.
    ///   - card: The gallery's model's.
    /// - Throws: ``GalleryError/unsupportedFalseAlarmRate(_:)`` if the card rests on too few people;
    ///   `FaceError.unsupportedFalseMatchRate` if it has no figures, or `rate` is no rate.
    public init(_ rate: Double, in size: GallerySize, by card: ModelCard) throws {
        guard rate > 0, rate < 1 else {
            throw FaceError.unsupportedFalseMatchRate(rate, reason: "a rate lies between 0 and 1")
        }
        let supported = try Self.supported(by: card, at: rate)
        let needed = size.falseMatchRate(falseAlarms: rate)
        // A rate that was rounded on its way to the user and back is still the same rate.
        guard needed >= supported.range.lowerBound * (1 - 1e-9) else {
            throw GalleryError.unsupportedFalseAlarmRate(
                FalseAlarmShortfall(
                    asked: rate, size: size, neededRate: needed,
                    neededPairs: (MatchCalibration.fewestFalseMatches / needed).rounded(.up), pairs: supported.pairs,
                    lowest: Self.roundedUp(
                        FalseAlarms.rate(
                            falseMatchRate: supported.range.lowerBound, comparisons: size.templates))))
        }
        perProbe = rate
        perComparison = min(max(needed, supported.range.lowerBound), supported.range.upperBound)
    }

    /// Returns the lowest rate that the card supports in a gallery of `size`.
    ///
    /// - Throws: `FaceError.unsupportedFalseMatchRate` if the card has no figures.
    public static func lowest(in size: GallerySize, by card: ModelCard) throws -> FalseAlarmRate {
        let supported = try supported(by: card, at: 0).range.lowerBound
        return FalseAlarmRate(
            perProbe: size.falseAlarms(falseMatchRate: supported).byTemplates, perComparison: supported)
    }

    private init(perProbe: Double, perComparison: Double) {
        self.perProbe = perProbe
        self.perComparison = perComparison
    }

    /// Returns the false match rates that the card supports, and its pairs of people.
    private static func supported(
        by card: ModelCard, at rate: Double
    ) throws -> (range: ClosedRange<Double>, pairs: Int) {
        guard let calibration = card.calibration, let highest = calibration.points.first?.falseMatchRate,
            let last = calibration.points.last?.falseMatchRate
        else {
            throw FaceError.unsupportedFalseMatchRate(
                rate, reason: "the card of \(card.name) has no figures; give a threshold")
        }
        let lowest = max(calibration.lowestSupportedRate, last)
        guard lowest <= highest else {
            throw FaceError.unsupportedFalseMatchRate(
                rate, reason: "the card of \(card.name) rests on too few pairs of people; give a threshold")
        }
        return (lowest...highest, calibration.peoplePairs)
    }

    /// Returns two digits that are not below `rate`.
    private static func roundedUp(_ rate: Double) -> Double {
        guard rate > 0, rate.isFinite else { return rate }
        let unit = pow(10, floor(log10(rate)) - 1)
        return min((rate / unit - 1e-9).rounded(.up) * unit, 1)
    }
}

extension Gallery {
    /// What the promise of `rate` false alarms per probe asks of each comparison in this gallery, as large as it is now.
    ///
    /// - Parameters:
    ///   - rate: The most false alarms per probe, between 0 and 1.
    ///   - card: The gallery's model's.
    /// - Throws: As ``FalseAlarmRate/init(_:in:by:)``.
    public func falseAlarmRate(_ rate: Double, by card: ModelCard) async throws -> FalseAlarmRate {
        try FalseAlarmRate(rate, in: try await size(), by: card)
    }
}
