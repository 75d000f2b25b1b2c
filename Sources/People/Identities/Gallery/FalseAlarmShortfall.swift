import Foundation

/// Why a rate of false alarms can't be promised: what was asked for, and what the model's card supports.
public struct FalseAlarmShortfall: Hashable, Sendable {
    /// The rate that was asked for, per probe.
    public let asked: Double
    /// The gallery's size.
    public let size: GallerySize
    /// The false match rate per comparison that it needs.
    public let neededRate: Double
    /// How many pairs of different people the card would have to rest on.
    public let neededPairs: Double
    /// On how many it rests.
    public let pairs: Int
    /// The lowest rate of false alarms that the card supports for this gallery, rounded up to two digits.
    public let lowest: Double

    /// How many people have as many pairs as ``neededPairs``.
    public var neededPeople: Double { ((1 + (1 + 8 * neededPairs).squareRoot()) / 2).rounded(.up) }
}

extension FalseAlarmShortfall: CustomStringConvertible {
    /// What the card supports, and what would be needed.
    public var description: String {
        "a false alarm rate of \(Self.figure(asked)) in a gallery of \(size.people) \(size.people == 1 ? "person" : "people") with "
            + "\(size.templates) \(size.templates == 1 ? "template" : "templates") needs a false match rate of \(Self.figure(neededRate)) per comparison: a model's card supports "
            + "that from \(Self.count(neededPairs)) pairs of people on (\(Self.count(neededPeople)) people), and this one "
            + "rests on \(pairs) \(pairs == 1 ? "pair" : "pairs"); the lowest rate that it supports for this gallery is \(Self.figure(lowest))"
    }

    private static func figure(_ rate: Double) -> String { String(format: "%.2g", rate) }

    private static func count(_ number: Double) -> String {
        number < 1e6
            ? String(format: "%.0f", number)
            : number < 1e9
                ? String(format: "%.0f million", (number / 1e6).rounded(.up))
                : String(format: "%.0f billion", (number / 1e9).rounded(.up))
    }
}
