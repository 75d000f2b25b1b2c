import LikenessSupport

/// Batches of P people with K pictures each, for losses with mining: every batch has positives and negatives.
///
/// Hermans et al., *In Defense of the Triplet Loss for Person Re-Identification*, 2017 (arXiv:1703.07737). In an epoch,
/// every picture occurs at least once. A person's pictures are divided into groups of K; the last group is completed
/// with other pictures of that person. Every group is used in one batch. Towards the end of an epoch, when fewer than P
/// people have groups left, the batch is completed with other people.
///
/// ```swift
/// let sampler = BalancedBatches(labels: archive.labels, peoplePerBatch: 8, picturesPerPerson: 4, seed: 1)
/// for batch in sampler.batches(epoch: 0) { print(batch.count) }   // 32 indices of the archive
/// ```
public struct BalancedBatches: BatchSampler, Hashable {
    /// The indices of each person's pictures; every person has at least one.
    public let people: [[Int]]
    /// The number of people in a batch.
    public let peoplePerBatch: Int
    /// The number of pictures of each person in a batch.
    public let picturesPerPerson: Int
    /// The seed of the order.
    public let seed: UInt64

    /// Creates batches of `peoplePerBatch` times `picturesPerPerson` pictures.
    ///
    /// - Parameters:
    ///   - labels: The person in each picture; pictures with `nil` are left out.
    ///   - indices: The pictures to draw from; by default all.
    ///   - peoplePerBatch: At least 1. With fewer people, batches are smaller.
    ///   - picturesPerPerson: At least 1. If a person has fewer pictures, some of them occur twice.
    ///   - seed: The seed of the order.
    public init(
        labels: [Int?], among indices: [Int]? = nil, peoplePerBatch: Int, picturesPerPerson: Int, seed: UInt64
    ) {
        precondition(peoplePerBatch > 0 && picturesPerPerson > 0, "a batch must have at least one picture")
        var people: [Int: [Int]] = [:]
        for index in indices ?? Array(labels.indices) {
            if let label = labels[index] { people[label, default: []].append(index) }
        }
        self.people = people.sorted { $0.key < $1.key }.map(\.value)
        self.peoplePerBatch = min(peoplePerBatch, max(people.count, 1))
        self.picturesPerPerson = picturesPerPerson
        self.seed = seed
    }

    /// Returns the batches of epoch `epoch` (from 0).
    ///
    /// The pictures of a person are adjacent.
    public func batches(epoch: Int) -> [[Int]] {
        let generator = SeededGenerator(seed: seed).split(epoch)
        var groups = people.enumerated().map { self.groups(of: $1, generator: generator.split($0)) }
        var order = generator.split(-1)
        var left = groups.reduce(0) { $0 + $1.count }
        var batches: [[Int]] = []
        while left > 0 {
            let remaining = groups.map(\.count)
            let chosen = choose(remaining, total: left, using: &order)
            var batch: [Int] = []
            for person in chosen {
                if let group = groups[person].popLast() {
                    batch += group
                    left -= 1
                } else {
                    batch += drawn(from: people[person], using: &order)
                }
            }
            batches.append(batch)
        }
        return batches
    }

    /// Returns all of a person's pictures in groups of K, with the last group completed.
    private func groups(of pictures: [Int], generator: SeededGenerator) -> [[Int]] {
        var generator = generator
        var pictures = pictures
        generator.shuffle(&pictures)
        return stride(from: 0, to: pictures.count, by: picturesPerPerson).map { start in
            let end = min(start + picturesPerPerson, pictures.count)
            let others = Array(pictures[..<start] + pictures[end...])
            return Array(pictures[start..<end])
                + drawn(
                    from: others.isEmpty ? pictures : others, count: picturesPerPerson - (end - start),
                    using: &generator)
        }
    }

    private func drawn(from pictures: [Int], using generator: inout SeededGenerator) -> [Int] {
        drawn(from: pictures, count: picturesPerPerson, using: &generator)
    }

    /// Returns `count` of `pictures`, without repetition as far as possible.
    private func drawn(from pictures: [Int], count: Int, using generator: inout SeededGenerator) -> [Int] {
        var result: [Int] = []
        while result.count < count {
            var round = pictures
            generator.shuffle(&round)
            result += round.prefix(count - result.count)
        }
        return result
    }

    /// Returns P different people, drawn at random, weighted by their remaining groups.
    ///
    /// A person with as many remaining groups as there are remaining batches must be in each of them. This rule avoids
    /// batches of a single person at the end, if the numbers allow it.
    private func choose(_ remaining: [Int], total: Int, using generator: inout SeededGenerator) -> [Int] {
        let batchesLeft = max((total + peoplePerBatch - 1) / peoplePerBatch, remaining.max() ?? 0)
        var chosen = remaining.indices.filter { remaining[$0] >= batchesLeft }
        var weights = remaining
        for person in chosen { weights[person] = 0 }
        var weight = weights.reduce(0, +)
        while chosen.count < peoplePerBatch, weight > 0 {
            var ticket = generator.index(below: weight)
            guard
                let person = weights.firstIndex(where: { share in
                    ticket -= share
                    return ticket < 0
                })
            else { break }
            chosen.append(person)
            weight -= weights[person]
            weights[person] = 0
        }
        if chosen.count < peoplePerBatch {
            var others = Array(Set(remaining.indices).subtracting(chosen)).sorted()
            generator.shuffle(&others)
            chosen += others.prefix(peoplePerBatch - chosen.count)
        }
        return chosen
    }
}
