import Augmentation
import Datasets
import LikenessSupport
import Testing

@Suite("Subject-disjoint splits")
struct SubjectSplitTests {
    private let people = (0..<100).map { "person \($0)" }

    @Test("Splits by seed are disjoint, complete, reproducible, and have the requested sizes")
    func dealing() {
        let split = SubjectSplit(dealing: people, validation: 0.1, test: 0.2, seed: 3)
        #expect(split.validation.count == 10)
        #expect(split.test.count == 20)
        #expect(Set(split.training + split.validation + split.test) == Set(people))
        #expect(split.training.count == 70)
        #expect(split == SubjectSplit(dealing: people.reversed() + people, validation: 0.1, test: 0.2, seed: 3))
        #expect(split != SubjectSplit(dealing: people, validation: 0.1, test: 0.2, seed: 4))
    }

    @Test("Adding people moves few others")
    func added() {
        let before = SubjectSplit(dealing: people, validation: 0.2, seed: 1)
        let after = SubjectSplit(dealing: people + ["somebody else"], validation: 0.2, seed: 1)
        #expect(Set(before.validation).symmetricDifference(after.validation).count <= 2)
    }

    @Test("Splits by lists name everyone who is in two of them")
    func names() throws {
        let split = try SubjectSplit(training: ["b", "a", "a"], validation: ["c"])
        #expect(split.training == ["a", "b"])
        #expect(throws: DatasetError.sharedSubjects(["a", "d"])) {
            try SubjectSplit(training: ["a", "b"], validation: ["d", "a"], test: ["d"])
        }
        #expect(DatasetError.sharedSubjects(["a"]).description.contains("share people"))
    }
}

@Suite("Batches of P people with K pictures")
struct BalancedBatchesTests {
    /// Person p has p % 7 + 1 pictures; a few pictures are unlabeled.
    private let labels: [Int?] =
        (0..<40).flatMap { person in Array(repeating: person, count: person % 7 + 1) }
        + [nil, nil]

    private func sampler(seed: UInt64 = 5) -> BalancedBatches {
        BalancedBatches(labels: labels, peoplePerBatch: 6, picturesPerPerson: 3, seed: seed)
    }

    @Test("Every batch has K pictures each of P different people, and every picture occurs")
    func balanced() {
        for epoch in 0..<3 {
            let batches = sampler().batches(epoch: epoch)
            for batch in batches {
                #expect(batch.count == 18)
                let people = stride(from: 0, to: 18, by: 3).map { Set(batch[$0..<$0 + 3].map { labels[$0] }) }
                #expect(people.allSatisfy { $0.count == 1 })
                #expect(Set(people).count == 6)
            }
            #expect(Set(batches.joined()) == Set(labels.indices.filter { labels[$0] != nil }))
        }
    }

    @Test("There are as few batches as the numbers allow")
    func short() {
        let groups = (0..<40).reduce(0) { $0 + ($1 % 7 + 3) / 3 }
        #expect(sampler().batches(epoch: 0).count == (groups + 5) / 6)
    }

    @Test("No picture of a person with enough pictures occurs twice in a batch")
    func distinct() {
        for batch in sampler().batches(epoch: 1) {
            for start in stride(from: 0, to: batch.count, by: 3) {
                let pictures = batch[start..<start + 3]
                let person = labels[pictures.first ?? 0] ?? 0
                #expect(Set(pictures).count == min(3, person % 7 + 1))
            }
        }
    }

    @Test("An epoch is reproducible; other epochs and seeds differ")
    func resumable() {
        let batches = sampler().batches(epoch: 4)
        #expect(batches == sampler().batches(epoch: 4))
        #expect(batches != sampler().batches(epoch: 5))
        #expect(batches != sampler(seed: 6).batches(epoch: 4))
    }

    @Test("Subsets of pictures, fewer people than requested, and nobody")
    func corners() {
        let few = BalancedBatches(
            labels: [0, 0, 1, 1, 2], among: [0, 1, 2, 3], peoplePerBatch: 8, picturesPerPerson: 2, seed: 0)
        #expect(few.batches(epoch: 0).map { $0.sorted() } == [[0, 1, 2, 3]])
        let nobody = BalancedBatches(labels: [nil], peoplePerBatch: 8, picturesPerPerson: 2, seed: 0)
        #expect(nobody.batches(epoch: 0).isEmpty)
    }

    @Test("In shuffled batches, each picture occurs once, in a new order in each epoch")
    func shuffled() {
        let sampler = ShuffledBatches(indices: Array(10..<33), size: 5, seed: 1)
        let batches = sampler.batches(epoch: 0)
        #expect(batches.map(\.count) == [5, 5, 5, 5, 3])
        #expect(batches.joined().sorted() == Array(10..<33))
        #expect(batches != sampler.batches(epoch: 1))
    }
}

@Suite("The loader of batches")
struct BatchLoaderTests {
    private struct Broken: Error {}

    private func values(ahead: Int, from first: Int = 0) async throws -> [[UInt64]] {
        let batches = ShuffledBatches(indices: Array(0..<50), size: 4, seed: 2).batches(epoch: 0)
        let loader = BatchLoader(batches: batches, from: first, ahead: ahead, seed: 9) { picture, generator in
            var generator = generator
            return generator.next() &+ UInt64(picture)
        }
        var steps: [Int] = [], result: [[UInt64]] = []
        for try await batch in loader {
            #expect(batch.indices == batches[batch.step])
            steps.append(batch.step)
            result.append(batch.samples)
        }
        #expect(steps == Array(batches.indices.dropFirst(first)))
        return result
    }

    @Test("Batches come in order, and do not depend on how many are made at once")
    func deterministic() async throws {
        let alone = try await values(ahead: 1)
        #expect(alone.count == 13)
        #expect(try await values(ahead: 7) == alone)
        #expect(Set(alone.joined()).count == 50)
    }

    @Test("Resuming in the middle gives the same batches")
    func resumed() async throws {
        #expect(try await values(ahead: 3, from: 5) == Array(values(ahead: 3).dropFirst(5)))
        #expect(try await values(ahead: 3, from: 99).isEmpty)
    }

    @Test("An error in creating a sample ends the loop")
    func broken() async throws {
        let loader = BatchLoader(batches: [[0], [1], [2]], seed: 0) { picture, _ in
            if picture == 1 { throw Broken() }
            return picture
        }
        var seen: [Int] = []
        await #expect(throws: Broken.self) {
            for try await batch in loader { seen += batch.samples }
        }
        #expect(seen == [0])
    }

    @Test("A canceled task gets no more batches")
    func cancelled() async throws {
        let loader = BatchLoader(batches: [[Int]](repeating: [0], count: 1000), ahead: 2, seed: 0) { picture, _ in
            picture
        }
        let task = Task {
            var count = 0
            for try await _ in loader {
                count += 1
                if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
            }
            return count
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
