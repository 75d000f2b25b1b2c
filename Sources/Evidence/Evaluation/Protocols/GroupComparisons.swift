/// The comparison of every picture of a list with every other, for counting by groups: exact rates from millions of
/// similarities without storing them.
public struct GroupComparisons: Sendable {
    /// The owner of a picture: a named person, or an unknown one who is in no other picture.
    private enum Owner: Hashable, Sendable {
        case person(String)
        case only(Int)
    }

    /// The pictures with a face, in the order of `labelled`.
    private let present: [Int]
    private let labelled: LabelledEmbeddings
    private let owners: [Owner]
    private let isPresent: [Bool]

    /// Prepares the comparisons.
    ///
    /// - Parameters:
    ///   - embeddings: A vector of unit length for each picture, all of `dimension` values; `nil` if it has no face.
    ///   - dimension: The number of values of a vector.
    ///   - people: The person in each picture; `nil` for an unknown person who is in no other picture.
    /// - Throws: ``EvaluationError/invalidEmbedding(row:)``, with the index among the pictures with a face.
    public init(embeddings: [[Float]?], dimension: Int, people: [String?]) throws(EvaluationError) {
        precondition(embeddings.count == people.count, "each picture needs an entry for its person")
        let owners = people.enumerated().map { index, person in person.map(Owner.person) ?? .only(index) }
        let present = embeddings.indices.filter { embeddings[$0] != nil }
        labelled = try LabelledEmbeddings(
            embeddings.flatMap { $0 ?? [] }, dimension: dimension, labels: present.map { owners[$0] })
        (self.present, self.owners) = (present, owners)
        isPresent = embeddings.map { $0 != nil }
    }

    /// The number of comparisons between pictures of two people, among the pictures with a face.
    public var impostorPairs: Int { labelled.impostorPairs }

    /// Returns the smallest similarity from which at most a share of the impostor comparisons matches, regardless of
    /// groups.
    ///
    /// - Throws: ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)`` if fewer than
    ///   ``ImpostorCalibration/fewestFalseMatches`` are expected to match; ``EvaluationError/invalidRate(_:)``;
    ///   `CancellationError` if the task is canceled.
    public func threshold(falseMatchRate rate: Double, workers: Int? = nil) async throws -> Float {
        guard rate > 0, rate < 1 else { throw EvaluationError.invalidRate(rate) }
        let needed = Int(min(ImpostorCalibration.fewestFalseMatches / rate * (1 - 1e-12), 9e18).rounded(.up))
        guard impostorPairs >= needed,
            let point = try await ImpostorCalibration.points(labelled, rates: [rate], workers: workers).first
        else { throw EvaluationError.unsupportedRate(rate, impostorPairs: impostorPairs, needed: needed) }
        return point.threshold
    }

    /// Returns the errors by group.
    ///
    /// A picture without a face never matches: it counts in the comparisons of its group, and in the misses.
    ///
    /// - Parameters:
    ///   - groups: The group of each picture; `nil` leaves its comparisons out.
    ///   - threshold: The threshold for all groups.
    ///   - level: The coverage of the intervals.
    ///   - bootstrapRounds: The number of bootstrap rounds over people, for intervals of the rates and their ratios
    ///     that take into account that people are in several pairs. There are no intervals with 0 rounds, or with more
    ///     than 50 million false matches.
    ///   - seed: The seed of the bootstrap.
    ///   - workers: The number of processors to use; all of them if `nil`.
    /// - Throws: ``EvaluationError/noGroups`` if no two pictures have groups; `CancellationError` if the task is
    ///   canceled.
    public func errors(
        groups: [String?], threshold: Float, level: Double = BinomialInterval.usualLevel, bootstrapRounds: Int = 0,
        seed: UInt64 = 1, workers: Int? = nil
    ) async throws -> GroupErrors {
        precondition(groups.count == owners.count, "each picture needs an entry for its group")
        let names = Set(groups.compactMap(\.self)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let members = groups.map { $0.flatMap { numbers[$0] } ?? GroupTally.nobody }
        let people = peopleNumbers
        let empty = GroupTally(
            threshold: threshold, members: labelled.order.map { members[present[$0]] },
            people: labelled.order.map { people[present[$0]] }, groups: names.count, lists: bootstrapRounds > 0)
        var tally = try await AllAgainstAll(embeddings: labelled).collect(into: empty, workers: workers)
        addFailures(members, people, to: &tally)
        var errors = try GroupErrors(
            names.enumerated().map { index, name in
                (name, tally.counts[index], size(of: index, members))
            }, across: tally.across, threshold: threshold, level: level)
        if bootstrapRounds > 0, tally.isListed {
            // The order does not depend on the workers, so that the sums don't either.
            let bootstrap = GroupBootstrap(listed(tally, members, people))
            errors.add(try bootstrap.rates(rounds: bootstrapRounds, seed: seed), level: level)
        }
        return errors
    }

    /// The number of each picture's person.
    private var peopleNumbers: [Int32] {
        var numbers: [Owner: Int32] = [:]
        return owners.map { owner in
            let number = numbers[owner] ?? Int32(numbers.count)
            numbers[owner] = number
            return number
        }
    }

    /// Returns the data of each group for the bootstrap.
    private func listed(_ tally: GroupTally, _ members: [Int], _ people: [Int32]) -> [GroupBootstrap.Group] {
        var pictures = Array(repeating: [Int32: Int](), count: tally.counts.count)
        for (group, person) in zip(members, people) where group != GroupTally.nobody {
            pictures[group][person, default: 0] += 1
        }
        return tally.lists.indices.map { index in
            var group = tally.lists[index]
            group.pictures = pictures[index].sorted { $0.key < $1.key }.map { (Int($0.key), $0.value) }
            return group
        }
    }

    /// Counts the comparisons in which a picture has no face.
    private func addFailures(_ members: [Int], _ people: [Int32], to tally: inout GroupTally) {
        for failed in isPresent.indices where !isPresent[failed] {
            // If both pictures have no face, the earlier one has counted the comparison.
            for other in isPresent.indices where other != failed && (isPresent[other] || other > failed) {
                tally.add(
                    (members[failed], people[failed]), (members[other], people[other]),
                    isMated: owners[failed] == owners[other], matches: false)
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
    /// The group of pictures that have none.
    static let nobody = -1

    /// A picture's group and the number of its person.
    typealias Member = (group: Int, person: Int32)

    let threshold: Float
    /// The group of each embedding, by its place.
    let members: [Int]
    /// The person of each embedding, by its place.
    let people: [Int32]
    /// The counts by group.
    private(set) var counts: [BinaryCounts]
    /// The impostor comparisons between two groups.
    private(set) var across = (matches: 0, total: 0)
    /// The bootstrap data by group; unused if there is no bootstrap.
    private(set) var lists: [GroupBootstrap.Group]
    /// Whether ``lists`` contains all matches.
    private(set) var isListed: Bool
    private var listed = 0

    init(threshold: Float, members: [Int], people: [Int32], groups: Int, lists isListed: Bool) {
        (self.threshold, self.members, self.people, self.isListed) = (threshold, members, people, isListed)
        counts = Array(
            repeating: BinaryCounts(truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0),
            count: groups)
        lists = Array(repeating: GroupBootstrap.Group(), count: groups)
    }

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool, at place: (row: Int, column: Int)) {
        let first: Member = (members[place.row], people[place.row])
        guard first.group != Self.nobody else { return }
        for (offset, similarity) in similarities.enumerated() {
            let second: Member = (members[place.column + offset], people[place.column + offset])
            add(first, second, isMated: mated, matches: similarity >= threshold)
        }
    }

    /// Counts one comparison of two pictures.
    mutating func add(_ first: Member, _ second: Member, isMated: Bool, matches: Bool) {
        guard first.group != Self.nobody, second.group != Self.nobody else { return }
        if isMated {
            // A person has one group. If the labels of a mated pair differ, the pair counts in both groups.
            addMated(first, matches: matches)
            if second.group != first.group { addMated(second, matches: matches) }
        } else if first.group == second.group {
            counts[first.group].add(isPositive: false, isTaken: matches)
            if matches, isListed { list(SIMD2(first.person, second.person), in: first.group) }
        } else {
            across = (across.matches + (matches ? 1 : 0), across.total + 1)
        }
    }

    private mutating func addMated(_ member: Member, matches: Bool) {
        counts[member.group].add(isPositive: true, isTaken: matches)
        guard isListed else { return }
        let known = lists[member.group].mated[Int(member.person), default: (0, 0)]
        lists[member.group].mated[Int(member.person)] = (known.total + 1, known.misses + (matches ? 0 : 1))
    }

    private mutating func list(_ pair: SIMD2<Int32>, in group: Int) {
        lists[group].matches.append(pair)
        listed += 1
        if listed > GroupBootstrap.mostMatches { giveUp() }
    }

    /// Discards lists that are too long for the bootstrap.
    private mutating func giveUp() {
        isListed = false
        listed = 0
        lists = Array(repeating: GroupBootstrap.Group(), count: counts.count)
    }

    mutating func merge(_ other: GroupTally) {
        for index in counts.indices {
            counts[index].truePositives += other.counts[index].truePositives
            counts[index].falsePositives += other.counts[index].falsePositives
            counts[index].trueNegatives += other.counts[index].trueNegatives
            counts[index].falseNegatives += other.counts[index].falseNegatives
        }
        across = (across.matches + other.across.matches, across.total + other.across.total)
        guard isListed, other.isListed, listed + other.listed <= GroupBootstrap.mostMatches else { return giveUp() }
        listed += other.listed
        for index in lists.indices {
            lists[index].matches += other.lists[index].matches
            lists[index].mated.merge(other.lists[index].mated) { ($0.total + $1.total, $0.misses + $1.misses) }
        }
    }
}
