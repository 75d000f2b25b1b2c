import LikenessSupport
import Training

/// Batches of squares for a network of MTCNN's cascade: random ones of composed scenes, and hard ones that the networks
/// before it passed on.
struct CascadeBatches: BatchSource {
    /// A batch of squares.
    struct Batch: Sendable {
        /// `[batch, side, side, 3]`, red, green, blue.
        var pixels: [UInt8] = []
        /// What the network should say.
        var targets = CascadeTargets()

        mutating func append(_ example: CascadeExample) {
            pixels += example.pixels
            targets.append(isFace: example.isFace, box: example.box, landmarks: example.landmarks)
        }
    }

    /// The number of squares in a batch; a batch may have fewer.
    let examplesPerStep: Int
    /// The number of batches in an epoch.
    let stepsPerEpoch: Int
    private let composer: SceneComposer
    private let sampler: CascadeSampler
    private let mined: [CascadeExample]
    /// The number of hard examples.
    var minedCount: Int { mined.count }
    private let minedShare: Double
    private let squaresPerScene: Int
    private let seed: UInt64

    /// Creates batches.
    ///
    /// - Parameters:
    ///   - composer: The composer of the scenes.
    ///   - sampler: Cuts squares out of the scenes.
    ///   - mined: Squares that the networks before it passed on.
    ///   - settings: The settings of the task.
    ///   - batch: The number of squares in a batch.
    ///   - seed: The seed of the random draws.
    init(
        _ composer: SceneComposer, sampler: CascadeSampler, mined: [CascadeExample], settings: CascadeSettings,
        batch: Int, seed: UInt64
    ) {
        (self.composer, self.sampler, self.mined, self.seed) = (composer, sampler, mined, seed)
        (minedShare, squaresPerScene) = (settings.minedShare, settings.squaresPerScene)
        (examplesPerStep, stepsPerEpoch) = (batch, max(settings.squaresPerEpoch / batch, 1))
    }

    /// Returns the squares of this step. They depend only on epoch and step.
    func batch(epoch: Int, step: Int) async throws -> Batch {
        var numbers = SeededGenerator(seed: seed).split(epoch * stepsPerEpoch + step)
        var batch = Batch()
        let hard = mined.isEmpty ? 0 : Int(Double(examplesPerStep) * minedShare)
        for _ in 0..<hard { batch.append(mined[numbers.index(below: mined.count)]) }
        var scenes = 0
        while batch.targets.count < examplesPerStep, scenes < examplesPerStep {
            try Task.checkCancellation()
            let scene = try composer.scene(seed: numbers.next())
            let count = min(squaresPerScene, examplesPerStep - batch.targets.count)
            for example in sampler.examples(in: scene, count: count, using: &numbers) { batch.append(example) }
            scenes += 1
        }
        return batch
    }
}
