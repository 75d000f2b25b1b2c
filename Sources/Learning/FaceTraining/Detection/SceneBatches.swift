import Faces
import LikenessSupport
import Pixels
public import Training

/// Batches of composed scenes for a detector.
public struct SceneBatches: BatchSource {
    /// A batch of scenes and the faces in them.
    public struct Batch: Sendable {
        /// `[batch, side, side, 3]`, red, green, blue.
        var pixels: [UInt8] = []
        /// The faces of each scene.
        var targets: [[DetectionTarget]] = []
    }

    /// The number of scenes in a batch.
    public let examplesPerStep: Int
    /// The number of batches in an epoch.
    public let stepsPerEpoch: Int
    private let composer: SceneComposer
    private let seed: UInt64

    /// Creates batches.
    ///
    /// - Parameters:
    ///   - composer: The composer of the scenes.
    ///   - batch: The number of scenes in a batch.
    ///   - scenesPerEpoch: The number of scenes in an epoch.
    ///   - seed: The seed of the random draws.
    init(_ composer: SceneComposer, batch: Int, scenesPerEpoch: Int, seed: UInt64) {
        (self.composer, self.seed) = (composer, seed)
        (examplesPerStep, stepsPerEpoch) = (batch, max(scenesPerEpoch / batch, 1))
    }

    /// Returns the scenes of this step. They depend only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        let generator = SeededGenerator(seed: seed).split(epoch * stepsPerEpoch + step)
        var batch = Batch()
        for index in 0..<examplesPerStep {
            try Task.checkCancellation()
            var numbers = generator.split(index)
            let scene = try composer.scene(seed: numbers.next())
            batch.pixels += scene.image.pixels
            batch.targets.append(scene.faces.map(DetectionTarget.init))
        }
        return batch
    }
}

extension DetectionTarget {
    fileprivate init(_ face: DetectionScene.Target) {
        self.init(
            box: BoxEdges(
                left: face.box.x, top: face.box.y, right: face.box.x + face.box.width,
                bottom: face.box.y + face.box.height),
            landmarks: face.landmarks.map { $0.points.flatMap { [$0.x, $0.y] } })
    }
}
