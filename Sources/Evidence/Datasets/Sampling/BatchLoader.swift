public import LikenessSupport

/// Prepares batches ahead of their use, in order, several at a time.
///
/// ```swift
/// let loader = BatchLoader(batches: sampler.batches(epoch: 0), seed: 1) { picture, generator in
///     try archive.image(at: picture)                 // decode, augment, align: any Sendable value
/// }
/// for try await batch in loader { print(batch.step, batch.indices, batch.samples.count) }
/// ```
///
/// A sample's generator depends only on the seed, the batch's step and the picture's place in the batch. The number of
/// batches made at once and resumed training therefore do not change the samples. The work is canceled when the loop
/// ends or its task is canceled.
public struct BatchLoader<Sample: Sendable>: AsyncSequence, Sendable {
    /// A prepared batch.
    public struct Batch: Sendable {
        /// The index of the batch in the epoch, from 0.
        public let step: Int
        /// The indices of the pictures.
        public let indices: [Int]
        /// The samples made from the pictures.
        public let samples: [Sample]
    }

    /// The elements of the sequence: batches.
    public typealias Element = Batch

    private let batches: [[Int]]
    private let first: Int
    private let ahead: Int
    private let generator: SeededGenerator
    private let make: @Sendable (Int, SeededGenerator) throws -> Sample

    /// Creates a loader of `batches`.
    ///
    /// - Parameters:
    ///   - batches: The pictures of each batch, from a ``BatchSampler``.
    ///   - first: The first step.
    ///   - ahead: The number of batches that are prepared or waiting, at least 1. Each is made by a separate task, so
    ///     this also limits the number of cores used.
    ///   - seed: The seed of the samples; use a different one for each epoch.
    ///   - make: Makes the sample of a picture; called on several threads at once.
    public init(
        batches: [[Int]], from first: Int = 0, ahead: Int = 4, seed: UInt64,
        make: @escaping @Sendable (_ picture: Int, _ generator: SeededGenerator) throws -> Sample
    ) {
        precondition(ahead > 0 && first >= 0, "the number of batches must be positive, and the first step 0 or more")
        self.batches = batches
        self.first = first
        self.ahead = ahead
        generator = SeededGenerator(seed: seed)
        self.make = make
    }

    /// Starts to prepare batches.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// An iterator over the batches.
    public struct Iterator: AsyncIteratorProtocol {
        private let work: Work

        init(_ loader: BatchLoader) { work = Work(loader) }

        /// Returns the next batch; `nil` after the last one.
        ///
        /// - Throws: The error of making a sample; `CancellationError` if the task was canceled.
        public mutating func next() async throws -> Batch? { try await work.next() }
    }

    /// The running tasks, which are canceled when the iterator is released.
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
