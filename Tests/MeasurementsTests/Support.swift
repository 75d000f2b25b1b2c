import Datasets
import Faces
import Foundation
import Measurements
import Pixels
import Recognition
import Synchronization
import TestSupport

/// A detector that finds one face in the middle of every picture whose first pixel is not black.
struct DrawnFaceDetector: FaceDetector {
    let name = "drawn"
    let precision = "f32"

    func faces(in image: Image) async throws -> [Face] {
        guard image.pixels.prefix(3).contains(where: { $0 > 0 }) else { return [] }
        let side = Float(min(image.width, image.height)) * 0.6
        return [
            drawnFace(
                x: (Float(image.width) - side) / 2, y: (Float(image.height) - side) / 2, side: side)
        ]
    }
}

/// Returns a face whose landmarks fit a box of `side` pixels with its upper left corner at (`x`, `y`).
func drawnFace(x: Float, y: Float, side: Float) -> Face {
    func point(_ dx: Float, _ dy: Float) -> Point { Point(x: x + side * dx, y: y + side * dy) }
    return Face(
        box: Box(x: x, y: y, width: side, height: side), confidence: 0.9,
        landmarks: Landmarks(
            leftEye: point(0.3, 0.4), rightEye: point(0.7, 0.4), nose: point(0.5, 0.6), leftMouth: point(0.35, 0.8),
            rightMouth: point(0.65, 0.8)))
}

/// An embedder that uses the mean color of the crop.
struct ColorEmbedder: FaceEmbedder {
    let card: ModelCard
    let template = AlignmentTemplate.arcface(size: 32)
    let dimension = 3
    let precision = "f32"

    init(_ name: String = "color") throws {
        let json = """
            {"name": "\(name)", "version": "1", "task": "embedding", "architecture": "mean color",
             "weights": [{"file": "model.onnx", "sha256": "0123456789abcdef", "bytes": 1, "precisions": ["f32"]}],
             "input": {"name": "x", "width": 32, "height": 32, "layout": "nchw", "channels": "rgb",
                       "normalization": "fixed", "mean": [0, 0, 0], "scale": [1, 1, 1]},
             "outputs": [], "template": "arcface-32", "dimension": 3, "licence": "none", "licenceNote": "",
             "origin": {"status": "own", "text": ""}, "trainingData": "none", "citation": ""}
            """
        card = try JSONDecoder().decode(ModelCard.self, from: Data(json.utf8))
    }

    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        try faces.map { face in
            var sums: [Float] = [0, 0, 0]
            for (index, byte) in face.image.pixels.enumerated() { sums[index % 3] += Float(byte) }
            return try Embedding(normalizing: sums, model: card.identity)
        }
    }
}

/// A folder of single-colored pictures, in which a person is a color.
struct DrawnPeople {
    let folder: TemporaryFolder
    let events = Events()

    init() throws { folder = try TemporaryFolder() }

    /// Draws a picture of one color.
    func draw(_ name: String, _ red: UInt8, _ green: UInt8, _ blue: UInt8) throws {
        try Image(width: 64, height: 64, color: Color(red: red, green: green, blue: blue))
            .write(to: folder.file("\(name).png"))
    }

    /// Draws three people with three shades each: `red0.png` to `blue2.png`.
    func drawNine() throws {
        for shade in 0..<3 {
            let strong = UInt8(200 + shade), weak = UInt8(10 + 10 * shade)
            try draw("red\(shade)", strong, weak, 5)
            try draw("green\(shade)", 5, strong, weak)
            try draw("blue\(shade)", weak, 5, strong)
        }
    }

    /// The nine pictures and their people.
    static let nine: [IdentityList.Picture] = (["red", "green", "blue"] as [String]).flatMap { person in
        (0..<3).map { IdentityList.Picture(file: "\(person)\($0).png", identity: person, line: 1) }
    }

    var reading: PictureReading {
        PictureReading(folder: folder.url, usesCache: false, observer: events.observer())
    }

    func recognizer(_ name: String = "color") throws -> Recognizer {
        Recognizer(
            finder: FaceFinder(
                detector: DrawnFaceDetector(), configuration: FaceFinderConfiguration(enhancement: .off)),
            embedder: try ColorEmbedder(name))
    }
}

/// The events that an observer received.
final class Events: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func observer(willRead: @escaping @Sendable ([URL]) throws -> Void = { _ in }) -> MeasurementObserver {
        MeasurementObserver(willRead: willRead) { event in
            let text =
                switch event {
                case .began(let count, let unit): "began \(count) \(unit)"
                case .advanced(let failed): failed ? "failed" : "done"
                case .ended: "ended"
                case .remark(let text): text
                case .read(let notes, let count, let unit): "\(notes.unreadable.count) of \(count) \(unit) unreadable"
                case .embedded(let faces, let withoutFace): "\(faces) faces, \(withoutFace) without"
                }
            self.list.withLock { $0.append(text) }
        }
    }
}

/// Returns the cosine of two colors.
func cosine(_ first: [Double], _ second: [Double]) -> Double {
    func length(_ color: [Double]) -> Double { color.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } / (length(first) * length(second))
}
