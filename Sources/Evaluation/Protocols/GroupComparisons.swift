/// Every picture of a list compared with every other, to be counted by groups: exact rates from millions of similarities,
/// none kept.
public struct GroupComparisons: Sendable {
    /// Whose a picture is: a person's, or somebody's who is in no other picture.
    private enum Owner: Hashable, Sendable {
        case person(String)
        case only(Int)
    }

    /// The pictures that have a face, in the order of `labelled`.
    private let present: [Int]
    private let labelled: LabelledEmbeddings
    private let owners: [Owner]
    private let isPresent: [Bool]

    /// - Parameters:
    ///   - embeddings: For each picture a vector of unit length, all of `dimension` numbers; `nil` where it has no face.
    ///   - people: Who is in each picture; `nil` for somebody who is in no other one.
    /// - Throws: ``EvaluationError/invalidEmbedding(row:)``, with the place among the pictures that have a face.
    public init(embeddings: [[Float]?], dimension: Int, people: [String?]) throws(EvaluationError) {
        precondition(embeddings.count == people.count, "a person for each picture")
        let owners = people.enumerated().map { index, person in person.map(Owner.person) ?? .only(index) }
        let present = embeddings.indices.filter { embeddings[$0] != nil }
        labelled = try LabelledEmbeddings(
            embeddings.flatMap { $0 ?? [] }, dimension: dimension, labels: present.map { owners[$0] })
        (self.present, self.owners) = (present, owners)
        isPresent = embeddings.map { $0 != nil }
    }

    /// How many comparisons of two people's pictures there are, of those that have a face.
    public var impostorPairs: Int { labelled.impostorPairs }

    /// The smallest similarity from which at most a share of the impostor comparisons matches, whatever the groups.
    ///
    /// - Throws: ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)`` where fewer than
    ///   ``ImpostorCalibration/fewestFalseMatches`` are expected to match, and ``EvaluationError/invalidRate(_:)``;
    ///   `CancellationError` where the task is cancelled.
    public func threshold(falseMatchRate rate: Double, workers: Int? = nil) async throws -> Float {
        guard rate > 0, rate < 1 else { throw EvaluationError.invalidRate(rate) }
        let needed = Int(min(ImpostorCalibration.fewestFalseMatches / rate * (1 - 1e-12), 9e18).rounded(.up))
        guard impostorPairs >= needed,
            let point = try await ImpostorCalibration.points(labelled, rates: [rate], workers: workers).first
        else { throw EvaluationError.unsupportedRate(rate, impostorPairs: impostorPairs, needed: needed) }
        return point.threshold
    }

    /// The errors by group.
    ///
    /// A picture without a face never matches: it adds to the comparisons of its group, and to the misses.
    ///
    /// - Parameters:
    ///   - groups: The group of each picture; `nil` leaves its comparisons out.
    ///   - threshold: The threshold for all.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/noGroups`` where no two pictures have groups; `CancellationError` where the task is
    ///   cancelled.
    public func errors(
        groups: [String?], threshold: Float, level: Double = BinomialInterval.usualLevel, workers: Int? = nil
    ) async throws -> GroupErrors {
        precondition(groups.count == owners.count, "a group for each picture")
        let names = Set(groups.compactMap(\.self)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let members = groups.map { $0.flatMap { numbers[$0] } ?? GroupTally.nobody }
        let empty = GroupTally(
            threshold: threshold, members: labelled.order.map { members[present[$0]] }, groups: names.count)
        var tally = try await AllAgainstAll(embeddings: labelled).collect(into: empty, workers: workers)
        addFailures(members, to: &tally)
        return try GroupErrors(
            names.enumerated().map { index, name in
                (name, tally.counts[index], size(of: index, members))
            }, across: tally.across, threshold: threshold, level: level)
    }

    /// Counts the comparisons in which a picture has no face.
    private func addFailures(_ members: [Int], to tally: inout GroupTally) {
        for failed in isPresent.indices where !isPresent[failed] {
            // Of two such pictures the earlier one has counted the comparison.
            for other in isPresent.indices where other != failed && (isPresent[other] || other > failed) {
                tally.add(
                    members[failed], members[other], isMated: owners[failed] == owners[other], matches: false)
            }
        }
    }

    private func size(of group: Int, _ members: [Int]) -> GroupErrors.Size {
        let places = members.indices.filter { members[$0] == group }
        return GroupErrors.Size(
            people: Set(places.map { owners[$0] }).count, pictures: places.count,
            failedPictures: places.count { !isPresent[$0] })
    }
}

/// Counts matches by group.
private struct GroupTally: SimilaritySink {
    /// The group of a picture that has none.
    static let nobody = -1

    let threshold: Float
    /// The group of each embedding, by its place.
    let members: [Int]
    /// By group.
    private(set) var counts: [BinaryCounts]
    /// Impostor comparisons of two groups.
    private(set) var across = (matches: 0, total: 0)

    init(threshold: Float, members: [Int], groups: Int) {
        (self.threshold, self.members) = (threshold, members)
        counts = Array(
            repeating: BinaryCounts(truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0),
            count: groups)
    }

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool, at place: (row: Int, column: Int)) {
        let group = members[place.row]
        guard group != Self.nobody else { return }
        for (offset, similarity) in similarities.enumerated() {
            add(group, members[place.column + offset], isMated: mated, matches: similarity >= threshold)
        }
    }

    /// Counts one comparison of two groups' pictures.
    mutating func add(_ first: Int, _ second: Int, isMated: Bool, matches: Bool) {
        guard first != Self.nobody, second != Self.nobody else { return }
        if first == second {
            counts[first].add(isPositive: isMated, isTaken: matches)
        } else if isMated {
            // A person has one group; where labels of a mated pair differ, both groups have the pair.
            counts[first].add(isPositive: true, isTaken: matches)
            counts[second].add(isPositive: true, isTaken: matches)
        } else {
            across = (across.matches + (matches ? 1 : 0), across.total + 1)
        }
    }

    mutating func merge(_ other: GroupTally) {
        for index in counts.indices {
            counts[index].truePositives += other.counts[index].truePositives
            counts[index].falsePositives += other.counts[index].falsePositives
            counts[index].trueNegatives += other.counts[index].trueNegatives
            counts[index].falseNegatives += other.counts[index].falseNegatives
        }
        across = (across.matches + other.across.matches, across.total + other.across.total)
    }
}
