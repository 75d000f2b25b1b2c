import LikenessSupport
import Networks
import Pixels
import Tensors

/// Runs the first networks of a cascade over scenes and keeps what they pass on: the examples on which the next network
/// is used.
struct CascadeMiner {
    private let proposal: ProposalNetwork
    /// `nil` if P-Net's squares themselves are sought.
    private let refinement: RefinementNetwork?
    private let device: Device

    /// The scale of each level of the pyramid relative to the one before, as in the detector.
    private static let factor: Float = 0.709
    /// The smallest face that is sought, in pixels.
    private static let smallest: Float = 12
    /// The greatest overlap of two squares within a level, and of two results.
    private static let levelOverlap: Float = 0.5, overlap: Float = 0.7
    /// The largest number of squares of a level, and of a scene, that are kept, the most confident first.
    private static let squaresOfLevel = 300, squaresOfScene = 60

    init(_ proposal: ProposalNetwork, _ refinement: RefinementNetwork?, device: Device) {
        (self.proposal, self.refinement, self.device) = (proposal, refinement, device)
    }

    /// Returns the examples in a scene.
    func examples(in scene: DetectionScene, sampler: CascadeSampler) -> [CascadeExample] {
        var squares = proposals(in: scene.image)
        if let refinement { squares = refined(squares, by: refinement, in: scene) }
        return squares.prefix(Self.squaresOfScene).compactMap { sampler.example(of: $0.box, in: scene) }
    }

    /// Returns P-Net's squares, most confident first.
    private func proposals(in image: Image) -> [DetectionMeasure.Found] {
        let side = Float(ProposalNetwork.side)
        var found: [DetectionMeasure.Found] = [], scale = side / Self.smallest
        while Float(min(image.width, image.height)) * scale >= side {
            let width = Int(Float(image.width) * scale + 1), height = Int(Float(image.height) * scale + 1)
            let level = image.resized(width: width, height: height, method: .adaptiveAverage)
            let outputs = proposal(CascadeInput.tensor(level.pixels, width: width, height: height, on: device))
            let columns = outputs.logits.shape[3], rows = outputs.rows
            let scores = rows.logits.softmax(1).floats, offsets = rows.box.floats
            let squares = (0..<scores.count / 2).compactMap { place -> DetectionMeasure.Found? in
                let score = scores[place * 2 + 1]
                guard score >= ProposalNetwork.threshold else { return nil }
                let square = Box(
                    x: Float(place % columns * 2) / scale, y: Float(place / columns * 2) / scale, width: side / scale,
                    height: side / scale)
                return .init(box: square.regressed(offsets[place * 4..<place * 4 + 4]), score: score)
            }
            found += Array(squares.sorted { $0.score > $1.score }.prefix(Self.squaresOfLevel))
                .suppressed(threshold: Self.levelOverlap)
            scale *= Self.factor
        }
        return found.suppressed(threshold: Self.overlap).map { .init(box: $0.box.squared, score: $0.score) }
    }

    /// Returns the squares that R-Net passes on, most confident first.
    private func refined(
        _ squares: [DetectionMeasure.Found], by network: RefinementNetwork, in scene: DetectionScene
    ) -> [DetectionMeasure.Found] {
        let sampler = CascadeSampler(side: RefinementNetwork.side)
        let seen = squares.compactMap { square in
            sampler.pixels(of: square.box, in: scene.image).map { (square.box, $0) }
        }
        guard !seen.isEmpty else { return [] }
        let outputs = network(
            CascadeInput.tensor(
                seen.flatMap(\.1), width: RefinementNetwork.side, height: RefinementNetwork.side, on: device))
        let scores = outputs.logits.softmax(1).floats, offsets = outputs.box.floats
        return seen.indices.compactMap { index -> DetectionMeasure.Found? in
            let score = scores[index * 2 + 1]
            guard score >= RefinementNetwork.threshold else { return nil }
            return .init(box: seen[index].0.regressed(offsets[index * 4..<index * 4 + 4]), score: score)
        }.suppressed(threshold: Self.overlap).map { .init(box: $0.box.squared, score: $0.score) }
    }
}

/// The pixels of squares as the cascade's networks take them.
enum CascadeInput {
    /// Converts pictures to `[count, 3, height, width]`: (value − 127.5) / 128.
    static func tensor(_ pixels: [UInt8], width: Int, height: Int, on device: Device) -> Tensor {
        let count = pixels.count / (3 * width * height)
        let values = Tensor(bytes: pixels, shape: [count, height, width, 3], on: device).to(.float32)
        return ((values - 127.5) / 128).permuted([0, 3, 1, 2]).channelsLast
    }
}

extension Box {
    /// Returns the box with its edges moved by parts of its sides: left, top, right and bottom.
    fileprivate func regressed(_ offsets: ArraySlice<Float>) -> Box {
        let start = offsets.startIndex
        let left = x + offsets[start] * width, top = y + offsets[start + 1] * height
        return Box(
            x: left, y: top, width: x + width + offsets[start + 2] * width - left,
            height: y + height + offsets[start + 3] * height - top)
    }

    /// The square with the same center and the longer side.
    fileprivate var squared: Box {
        let side = max(width, height)
        return Box(x: center.x - side / 2, y: center.y - side / 2, width: side, height: side)
    }
}
