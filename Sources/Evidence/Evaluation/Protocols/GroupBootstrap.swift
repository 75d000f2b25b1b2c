import Foundation
import LikenessSupport

/// A bootstrap over people that gives intervals for the rates of groups.
///
/// Labeled people are drawn with replacement, as many as there are. A pair of two people is weighted by the product of
/// the numbers of times that each was drawn, a pair of one person by the number of times that the person was drawn
/// (Owen, *The pigeonhole bootstrap*, 2007). Only matching pairs of two people are listed; the number of all pairs
/// follows from each person's number of pictures.
struct GroupBootstrap: Sendable {
    /// The maximum number of listed pairs; with more, there are no intervals.
    static let mostMatches = 50_000_000

    /// One group.
    struct Group: Sendable {
        /// For each person of the group, the person's number and number of pictures.
        var pictures: [(person: Int, count: Int)] = []
        /// The people of the matching impostor pairs.
        var matches: [SIMD2<Int32>] = []
        /// The number of pairs of each person, and of those that do not match.
        var mated: [Int: (total: Int, misses: Int)] = [:]
    }

    /// The rates of a group in a round; `nil` if it has no pair.
    struct Rates: Sendable {
        var falseMatch: Double?
        var falseNonMatch: Double?
    }

    private let groups: [Group]
    /// The numbers of the people to draw from.
    private let people: [Int]

    /// Creates a bootstrap.
    ///
    /// - Parameter groups: The groups, with numbers of people from 0.
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
        // All pairs of pictures of different people, weighted by how often both were drawn.
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
