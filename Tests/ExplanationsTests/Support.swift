import Explanations
import Faces
import Foundation
import Pixels

/// An embedder that only sees some squares of a crop, as the colors of their blocks.
struct WindowEmbedder: FaceEmbedder {
    let card: ModelCard
    let template = AlignmentTemplate.arcface(size: 64)
    let dimension = 4
    let precision = "f32"
    /// The visible squares, in shares of the crop.
    let windows: [Box]

    /// Creates an embedder.
    ///
    /// - Parameter windows: The squares, each of which gives 4 × 4 blocks of the embedding.
    /// - Throws: Errors of the model card.
    init(_ windows: Box...) throws {
        self.windows = windows
        let json = """
            {"name": "window", "version": "1", "task": "embedding", "architecture": "a window",
             "weights": [{"file": "model.onnx", "sha256": "0123456789abcdef", "bytes": 1, "precisions": ["f32"]}],
             "input": {"name": "x", "width": 64, "height": 64, "layout": "nchw", "channels": "rgb",
                       "normalization": "fixed", "mean": [0, 0, 0], "scale": [1, 1, 1]},
             "outputs": [], "template": "arcface-64", "dimension": 4, "licence": "none", "licenceNote": "",
             "origin": {"status": "own", "text": ""}, "trainingData": "none", "citation": ""}
            """
        card = try JSONDecoder().decode(ModelCard.self, from: Data(json.utf8))
    }

    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        try faces.map { face in
            let side = Float(face.image.width)
            let values = windows.flatMap { window in
                let seen = face.image.cropped(
                    to: Box(
                        x: window.x * side, y: window.y * side, width: window.width * side,
                        height: window.height * side))
                return seen.resized(width: 4, height: 4).pixels.map { Float($0) - 128 }
            }
            return try Embedding(normalizing: values + [1], model: card.identity)
        }
    }
}

/// The upper left quarter of a crop.
let upperLeft = Box(x: 0, y: 0, width: 0.5, height: 0.5)
/// The lower right quarter of a crop.
let lowerRight = Box(x: 0.5, y: 0.5, width: 0.5, height: 0.5)

/// Returns a face of `template` whose crop is `image`.
func aligned(_ image: Image) throws -> AlignedFace {
    let template = AlignmentTemplate.arcface(size: image.width)
    let points = template.referencePoints ?? []
    let face = Face(
        box: Box(x: 0, y: 0, width: Float(image.width), height: Float(image.height)), confidence: 0.9,
        landmarks: Landmarks(points: points))
    return try face.aligned(in: image, to: template).replacingImage(with: image)
}

/// Returns a crop of 64 pixels in blocks of 4, black or white by the bits of `number`.
func blocks(_ number: UInt64) -> Image {
    var state = number &* 0x9E37_79B9_7F4A_7C15 | 1
    let lights = (0..<256).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state & 1 == 0 ? UInt8(20) : 235
    }
    let pixels = (0..<64 * 64).flatMap { index in
        let light = lights[index / 64 / 4 * 16 + index % 64 / 4]
        return [light, light, light]
    }
    return Image(width: 64, height: 64, pixels: pixels)
}
