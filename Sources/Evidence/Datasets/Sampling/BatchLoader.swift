public import LikenessSupport

/// Makes batches ahead of the one that is being used, in order, several at a time.
///
/// ```swift
/// let loader = BatchLoader(batches: sampler.batches(epoch: epoch), from: step, seed: seed) { picture, generator in
///     try sample(picture, using: generator)          // decode, augment, align: any Sendable value
/// }
/// for try await batch in loader { … }                // batch.step, batch.indices, batch.samples
/// ```
///
/// A sample's generator depends on the seed, the batch's step and the picture's place in it alone: how many batches are
/// made at once, and if training was resumed, changes nothing. When the loop ends or its task is canceled, so is the
/// work.
public struct BatchLoader<Sample: Sendable>: AsyncSequence, Sendable {
    /// A batch that is ready.
    public struct Batch: Sendable {
        /// Its place in the epoch, from 0.
        public let step: Int
        /// The pictures.
        public let indices: [Int]
        /// What was made of each of them.
        public let samples: [Sample]
    }

    /// A batch.
    public typealias Element = Batch

    private let batches: [[Int]]
    private let first: Int
    private let ahead: Int
    private let generator: SeededGenerator
    private let make: @Sendable (Int, SeededGenerator) throws -> Sample

    /// Creates a loader of `batches`.
    ///
    /// - Parameters:
    ///   - batches: The pictures of each batch, as a ``BatchSampler`` deals them.
    ///   - first: The step to begin with.
    ///   - ahead: How many batches are being made or wait to be taken: each is made by a task of its own, so this is
    ///     also how many cores are used at most. At least 1.
    ///   - seed: Another seed, other samples; give each epoch its own.
    ///   - make: Makes the sample of a picture; called on several threads at once.
    public init(
        batches: [[Int]], from first: Int = 0, ahead: Int = 4, seed: UInt64,
        make: @escaping @Sendable (_ picture: Int, _ generator: SeededGenerator) throws -> Sample
    ) {
        precondition(ahead > 0 && first >= 0, "at least one batch is made at a time")
        self.batches = batches
        self.first = first
        self.ahead = ahead
        generator = SeededGenerator(seed: seed)
        self.make = make
    }

    /// Begins to make batches.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Hands over one batch after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let work: Work

        init(_ loader: BatchLoader) { work = Work(loader) }

        /// Returns the next batch; `nil` after the last one.
        ///
        /// - Throws: What making a sample has thrown; `CancellationError` if the task was canceled.
        public mutating func next() async throws -> Batch? { try await work.next() }
    }

    /// The tasks under way; when the iterator goes they are canceled.
    private final class Work {
        private let loader: BatchLoader
        private var next: Int
        private var tasks: [Task<Batch, any Error>] = []

        init(_ loader: BatchLoader) {
            self.loader = loader
            next = loader.first
            fill()
        }

        deinit { for task in tasks { task.cancel() } }

        private func fill() {
            while tasks.count < loader.ahead, next < loader.batches.count {
                tasks.append(loader.task(step: next))
                next += 1
            }
        }

        func next() async throws -> Batch? {
            guard let task = tasks.first else { return nil }
            let batch = try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
            try Task.checkCancellation()
            tasks.removeFirst()
            fill()
            return batch
        }
    }

    private func task(step: Int) -> Task<Batch, any Error> {
        let indices = batches[step], make = make, generator = generator.split(step)
        return Task.detached {
            let samples = try indices.enumerated().map { place, index in
                try Task.checkCancellation()
                return try make(index, generator.split(place))
            }
            return Batch(step: step, indices: indices, samples: samples)
        }
    }
}
