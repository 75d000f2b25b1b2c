import Dispatch
import Inference

/// P-Net: scores 12 × 12 pixels at every place of every level.
struct ProposalStage: Sendable {
    let networks: ShapedNetworks
    let threshold: Float
    /// Whether all levels are processed in one run.
    let packsLevels: Bool

    /// Returns the candidates of all levels as squares, suppressed as in the original.
    ///
    /// Of candidates that overlap by more than 0.5 within a level, or by more than 0.7 across levels, only the most
    /// confident is kept.
    func candidates(in picture: IntegralImage, pyramid: ImagePyramid) throws -> [Candidate] {
        guard !pyramid.levels.isEmpty else { return [] }
        let found = try (packsLevels ? [pyramid] : pyramid.separated).flatMap { try run($0, on: picture) }
        return found.suppressed(threshold: 0.7).map { $0.regressed(extra: 0).squared() }
    }

    /// The largest number of candidates of a level before suppression; crowds have thousands.
    private static let mostCandidates = 20_000

    private func run(_ pyramid: ImagePyramid, on picture: IntegralImage) throws -> [Candidate] {
        let shape = [1, 3, pyramid.height, pyramid.width]
        return try networks.network(for: shape).run(shape: shape) {
            draw(picture, pyramid: pyramid, into: $0)
        } read: { outputs in
            let probability = try outputs["probability"], regression = try outputs["regression"]
            try check(probability, regression, of: pyramid)
            return pyramid.levels.flatMap {
                candidates(in: $0, probability: probability, regression: regression)
                    .sound(atMost: Self.mostCandidates).suppressed(threshold: 0.5)
            }
        }
    }

    /// Checks that the outputs have numbers for every place of every level.
    private func check(_ probability: TensorView, _ regression: TensorView, of pyramid: ImagePyramid) throws {
        let shape = probability.shape
        guard shape.count == 4, shape[0] == 1, shape[1] == 2,
            pyramid.levels.allSatisfy({ $0.y / 2 + $0.rows <= shape[2] && $0.x / 2 + $0.columns <= shape[3] })
        else {
            let places = pyramid.levels.reduce(0) { $0 + $1.rows * $1.columns }
            throw DetectorError.wrongOutput("probability", expected: places * 2, found: probability.values.count)
        }
        guard regression.values.count == probability.values.count * 2 else {
            throw DetectorError.wrongOutput(
                "regression", expected: probability.values.count * 2, found: regression.values.count)
        }
    }

    private func draw(_ picture: IntegralImage, pyramid: ImagePyramid, into buffer: UnsafeMutableBufferPointer<Float>) {
        buffer.update(repeating: 0)
        guard let start = buffer.baseAddress else { return }
        // Shared without a lock: each level is written to a separate part.
        nonisolated(unsafe) let canvas = start
        let whole = IntegralImage.Part(left: 0, top: 0, right: picture.width, bottom: picture.height)
        // Every level has about half the pixels of the one before: on two cores, the first takes as long as all others.
        DispatchQueue.concurrentPerform(iterations: pyramid.levels.count) { index in
            let level = pyramid.levels[index]
            let target = IntegralImage.Target(
                start: canvas + level.y * pyramid.width + level.x, stride: pyramid.width,
                plane: pyramid.width * pyramid.height)
            picture.resize(whole, width: level.width, height: level.height, into: target)
            if packsLevels { repeatEdges(of: level, in: target) }
        }
    }

    /// Repeats the last row and column of a level of odd size.
    ///
    /// P-Net's pooling rounds up, so the last places of such a level see a pixel beyond it, which the original leaves
    /// out. With the edge repeated there, the maximum hardly changes.
    private func repeatEdges(of level: ImagePyramid.Level, in target: IntegralImage.Target) {
        for plane in 0..<3 {
            let start = target.start + plane * target.plane
            if level.width % 2 == 1 {
                for y in 0..<level.height {
                    start[y * target.stride + level.width] = start[y * target.stride + level.width - 1]
                }
            }
            if level.height % 2 == 1 {
                let last = start + (level.height - 1) * target.stride
                (last + target.stride).update(from: last, count: (level.width + 1) / 2 * 2)
            }
        }
    }

    /// Returns the candidates in a level.
    ///
    /// Places are two pixels apart and each sees 12 pixels. The original rounds the corners down.
    private func candidates(
        in level: ImagePyramid.Level, probability: TensorView, regression: TensorView
    ) -> [Candidate] {
        let rows = probability.shape[2], columns = probability.shape[3], plane = rows * columns
        let faces = UnsafeBufferPointer(rebasing: probability.values[plane...]), scale = Float(level.scale)
        var found: [Candidate] = []
        for row in 0..<level.rows {
            let start = (level.y / 2 + row) * columns + level.x / 2
            for column in 0..<level.columns where faces[start + column] >= threshold {
                let place = start + column
                found.append(
                    Candidate(
                        x1: (Float(2 * column + 1) / scale).rounded(.down),
                        y1: (Float(2 * row + 1) / scale).rounded(.down),
                        x2: (Float(2 * column + 12) / scale).rounded(.down),
                        y2: (Float(2 * row + 12) / scale).rounded(.down), confidence: faces[place],
                        regression: (
                            regression[place], regression[plane + place], regression[2 * plane + place],
                            regression[3 * plane + place]
                        )))
            }
        }
        return found
    }
}
