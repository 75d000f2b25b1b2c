import LikenessSupport
public import Training

/// Batches of crops for the quality network: half of them unaltered or slightly altered, half strongly.
public struct QualityBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// `[batch, side, side, 3]`, red, green, blue.
        var pixels: [UInt8]
        /// Whether each crop is mirrored.
        var mirrored: [Bool]
        /// The agreement of each crop, 0...1.
        var agreements: [Float]
    }

    /// The number of crops in a batch.
    public let examplesPerStep: Int
    /// The number of batches in an epoch.
    public let stepsPerEpoch: Int
    private let cache: CropCache
    private let agreements: [Float]
    private let groups: [[Int]]
    private let seed: UInt64

    /// Creates batches of the rows `rows` of a cache.
    init(
        _ cache: CropCache, rows: [Int], agreements: [Float], size: Int, examplesPerEpoch: Int, seed: UInt64
    ) {
        (self.cache, self.agreements, self.seed) = (cache, agreements, seed)
        (examplesPerStep, stepsPerEpoch) = (size, max(examplesPerEpoch / size, 1))
        let samples = cache.index.samples
        groups = [true, false].map { isMild in
            rows.filter { [.plain, .altered].contains(samples[$0].kind) == isMild }
        }.filter { !$0.isEmpty }
    }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        var generator = SeededGenerator(seed: seed).split(epoch * stepsPerEpoch + step)
        let chosen = (0..<examplesPerStep).compactMap { place in
            groups.isEmpty ? nil : generator.element(of: groups[place % groups.count])
        }
        return Batch(
            pixels: cache.pixels(of: chosen), mirrored: chosen.map { _ in generator.happens(0.5) },
            agreements: chosen.map { agreements[$0] })
    }
}
