import Foundation
import LikenessSupport

/// The reason why a rate of false alarms is not supported: the requested rate, and the limits of the model's card.
public struct FalseAlarmShortfall: Hashable, Sendable {
    /// The requested rate, per probe.
    public let asked: Double
    /// The gallery's size.
    public let size: GallerySize
    /// The false match rate per comparison that it needs.
    public let neededRate: Double
    /// The number of pairs of different people on which the card would have to be measured.
    public let neededPairs: Double
    /// The number of pairs on which it was measured.
    public let pairs: Int
    /// The lowest false match rate per comparison for which the card has a threshold.
    public let lowestRate: Double
    /// The lowest rate of false alarms that the card supports for this gallery, rounded up to two digits.
    public let lowest: Double

    /// The smallest number of people that form ``neededPairs`` pairs.
    public var neededPeople: Double { ((1 + (1 + 8 * neededPairs).squareRoot()) / 2).rounded(.up) }
}

extension FalseAlarmShortfall: CustomStringConvertible {
    /// The supported rate and the requirements, as a sentence.
    public var description: String {
        "a false alarm rate of \(Self.figure(asked)) in a gallery of "
            + "\(size.people) \(size.people == 1 ? "person" : "people") with "
            + "\(size.templates) \(size.templates == 1 ? "template" : "templates") needs a false match rate of "
            + "\(Self.figure(neededRate)) per comparison: \(shortage); "
            + "the lowest rate that it supports for this gallery is \(Self.figure(lowest))"
    }

    /// The reason why the card does not support the rate: too few pairs, or no threshold for it.
    private var shortage: String {
        guard neededPairs > Double(pairs) else {
            return "the model's card has thresholds down to \(Self.figure(lowestRate))"
        }
        return "a model's card supports that from \(Self.count(neededPairs)) pairs of people "
            + "(\(Self.count(neededPeople)) people), and this one was measured on \(pairs) "
            + (pairs == 1 ? "pair" : "pairs")
    }

    private static func figure(_ rate: Double) -> String { significant(rate, 2) }

    private static func count(_ number: Double) -> String {
        number < 1e6
            ? decimal(number, 0)
            : number < 1e9
                ? decimal((number / 1e6).rounded(.up), 0) + " million"
                : number < 1e15
                    ? decimal((number / 1e9).rounded(.up), 0) + " billion" : "more than a million billion"
    }
}
