import Foundation
import LikenessSupport

/// Draws people with replacement and takes the rates of groups anew: what intervals of groups' rates rest on.
///
/// Everybody who has a label is drawn, as many as there are. A pair of two people counts as often as the first was drawn
/// times the second, a pair of one person as often as that person was (Owen, *The pigeonhole bootstrap*, 2007). Only the
/// pairs of two people that match are listed; how many pairs there are follows from how many pictures each has.
struct GroupBootstrap: Sendable {
    /// The most pairs that are listed; with more there are no intervals.
    static let mostMatches = 50_000_000

    /// One group.
    struct Group: Sendable {
        /// How many pictures of the group each of its people has: a number for the person, and how many.
        var pictures: [(person: Int, count: Int)] = []
        /// The people of pairs that match.
        var matches: [SIMD2<Int32>] = []
        /// Pairs of one person, and how many of them do not match.
        var mated: [Int: (total: Int, misses: Int)] = [:]
    }

    /// The rates of a group in a round; `nil` if it has no pair.
    struct Rates: Sendable {
        var falseMatch: Double?
        var falseNonMatch: Double?
    }

    private let groups: [Group]
    /// The people who are drawn, by their numbers.
    private let people: [Int]

    /// - Parameter groups: With numbers of people from 0 on.
    init(_ groups: [Group]) {
        self.groups = groups
        people = Set(groups.flatMap { $0.pictures.map(\.person) }).sorted()
    }

    /// Returns the rates of all groups in each round.
    ///
    /// - Throws: `CancellationError` if the task is canceled.
    func rates(rounds: Int, seed: UInt64) throws -> [[Rates]] {
        var random = SplitMix64(state: seed), result: [[Rates]] = []
        var drawn = Array(repeating: Int32(0), count: (people.last ?? -1) + 1)
        for _ in 0..<rounds {
            try Task.checkCancellation()
            for person in people { drawn[person] = 0 }
            for _ in people { drawn[people[Int.random(in: 0..<people.count, using: &random)]] += 1 }
            result.append(groups.map { Self.rates(of: $0, drawn: drawn) })
        }
        return result
    }

    private static func rates(of group: Group, drawn: [Int32]) -> Rates {
        var sum = 0, squares = 0
        for (person, count) in group.pictures {
            let weight = Int(drawn[person]) * count
            sum += weight
            squares += weight * weight
        }
        // Each two pictures of different people, as often as both were drawn.
        let impostors = (sum * sum - squares) / 2
        var matches = 0
        for pair in group.matches { matches += Int(drawn[Int(pair.x)] * drawn[Int(pair.y)]) }
        var mated = 0, misses = 0
        for (person, pairs) in group.mated {
            mated += Int(drawn[person]) * pairs.total
            misses += Int(drawn[person]) * pairs.misses
        }
        return Rates(
            falseMatch: impostors > 0 ? Double(matches) / Double(impostors) : nil,
            falseNonMatch: mated > 0 ? Double(misses) / Double(mated) : nil)
    }
}
