import Faces
import Foundation
import Pixels
import Recognition
import Synchronization

/// Returns a face whose landmarks fit a box of `side` pixels with its upper left corner at (`x`, `y`).
func face(x: Float = 10, y: Float = 10, side: Float = 40, confidence: Float = 0.9) -> Face {
    func point(_ dx: Float, _ dy: Float) -> Point { Point(x: x + side * dx, y: y + side * dy) }
    return Face(
        box: Box(x: x, y: y, width: side, height: side), confidence: confidence,
        landmarks: Landmarks(
            leftEye: point(0.3, 0.4), rightEye: point(0.7, 0.4), nose: point(0.5, 0.6), leftMouth: point(0.35, 0.8),
            rightMouth: point(0.65, 0.8)))
}

/// A detector that finds given faces and counts its calls.
final class FakeDetector: FaceDetector {
    let name = "fake"
    let precision: String
    private let looks = Mutex(0)
    private let find: @Sendable (Image) -> [Face]

    init(precision: String = "f32", find: @escaping @Sendable (Image) -> [Face]) {
        self.precision = precision
        self.find = find
    }

    var count: Int { looks.withLock { $0 } }

    func faces(in image: Image) async throws -> [Face] {
        looks.withLock { $0 += 1 }
        return find(image)
    }
}

/// An embedder that uses the mean color of the crop, so that the same face has the same embedding.
final class FakeEmbedder: FaceEmbedder {
    let card: ModelCard
    let template = AlignmentTemplate.arcface(size: 32)
    let dimension = 4
    let precision = "bf16"
    let averagesMirrored: Bool
    /// The confidence of a face that can't be embedded.
    static let unbearable: Float = 0.123
    private let runs = Mutex<[Int]>([])

    init(version: String = "1", averagesMirrored: Bool = false) throws {
        self.averagesMirrored = averagesMirrored
        let json = """
            {"name": "fake", "version": "\(version)", "task": "embedding", "architecture": "mean color",
             "weights": [{"file": "model.onnx", "sha256": "0123456789abcdef", "bytes": 1, "precisions": ["f32"]}],
             "input": {"name": "x", "width": 32, "height": 32, "layout": "nchw", "channels": "rgb",
                       "normalization": "fixed", "mean": [0, 0, 0], "scale": [1, 1, 1]},
             "outputs": [], "template": "arcface-32", "dimension": 4, "licence": "none", "licenceNote": "",
             "origin": {"status": "own", "text": ""}, "trainingData": "none", "citation": ""}
            """
        card = try JSONDecoder().decode(ModelCard.self, from: Data(json.utf8))
    }

    /// The number of embedded faces.
    var count: Int { batches.reduce(0, +) }

    /// The number of faces in each call.
    var batches: [Int] { runs.withLock { $0 } }

    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        runs.withLock { $0.append(faces.count) }
        return try faces.map { face in
            if face.face.confidence == Self.unbearable { throw FaceError.degenerateLandmarks }
            var sums: [Float] = [0, 0, 0, 1]
            for (index, byte) in face.image.pixels.enumerated() { sums[index % 3] += Float(byte) }
            return try Embedding(normalizing: sums, model: card.identity)
        }
    }
}

/// An estimator that considers faces in the left half of a picture masked.
struct FakeMaskEstimator: MaskEstimator {
    let card: ModelCard

    init(version: String = "1") throws {
        var card = try FakeEmbedder(version: version).card
        (card.name, card.task) = ("fake masks", .maskClassification)
        self.card = card
    }

    func maskProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        faces.map { $0.box.x < Float(image.width) / 2 - 20 ? 0.9 : 0.1 }
    }
}

/// An estimator that considers small faces children's.
struct FakeAgeGroupEstimator: AgeGroupEstimator {
    let card: ModelCard

    init(version: String = "1") throws {
        var card = try FakeEmbedder(version: version).card
        (card.name, card.task) = ("fake ages", .ageClassification)
        self.card = card
    }

    func childProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        faces.map { $0.box.width < 30 ? 0.75 : 0.125 }
    }
}

/// An estimator whose qualities are the widths of faces, divided by 100 pixels.
struct FakeQualityEstimator: FaceQualityEstimator {
    let card: ModelCard

    init(version: String = "1") throws {
        var card = try FakeEmbedder(version: version).card
        (card.name, card.task) = ("fake quality", .qualityEstimation)
        self.card = card
    }

    func qualities(of faces: [Face], in image: Image) async throws -> [Float] {
        faces.map { min($0.box.width / 100, 1) }
    }
}

/// Returns a recognizer with fakes.
func recognizer(
    _ embedder: FakeEmbedder, workers: Int = 1, enhancement: FaceFinderConfiguration.Enhancement = .off,
    find: @escaping @Sendable (Image) -> [Face]
) -> Recognizer {
    Recognizer(
        finder: FaceFinder(
            detector: FakeDetector(find: find),
            configuration: FaceFinderConfiguration(enhancement: enhancement, workers: workers)),
        embedder: embedder)
}

/// Returns a picture of one color.
func picture(_ red: UInt8, _ green: UInt8, _ blue: UInt8, width: Int = 64, height: Int = 64) -> Image {
    Image(width: width, height: height, color: Color(red: red, green: green, blue: blue))
}

/// Returns the bytes of a PNG file.
func file(_ image: Image) throws -> [UInt8] { try image.encoded(as: .png) }
