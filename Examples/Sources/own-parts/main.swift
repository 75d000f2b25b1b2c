// own-parts PICTURE: runs the pipeline with a custom detector and a custom embedder. No model is installed or loaded.

import Foundation
import Likeness

/// A detector that treats the middle of every picture as a face, for passport photographs that are already cropped.
struct MiddleDetector: FaceDetector {
    let name = "middle", precision = "f32"

    func faces(in image: Image) async throws -> [Face] {
        let side = Float(min(image.width, image.height)) / 2
        let middle = Point(x: Float(image.width) / 2, y: Float(image.height) / 2)
        func point(_ x: Float, _ y: Float) -> Point { Point(x: middle.x + x * side, y: middle.y + y * side) }
        let landmarks = Landmarks(
            leftEye: point(-0.2, -0.1), rightEye: point(0.2, -0.1), nose: point(0, 0.05),
            leftMouth: point(-0.15, 0.25), rightMouth: point(0.15, 0.25))
        let box = Box(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side)
        return [Face(box: box, confidence: 1, landmarks: landmarks)]
    }
}

/// An embedder that uses the mean color of the crop. A real embedder runs a network here.
struct ColorEmbedder: FaceEmbedder {
    let card = ModelCard(
        name: "color", version: "1", task: .embedding, architecture: "mean color",
        weights: [.init(file: "none", sha256: String(repeating: "0", count: 64), bytes: 0, precisions: ["f32"])],
        input: ModelInput(
            name: "crop", width: 32, height: 32, layout: .nhwc, channels: .rgb, normalization: .fixed),
        outputs: [], template: .arcface(size: 32), dimension: 4, license: "Apache-2.0", licenseNote: "",
        origin: .init(status: .own, text: "this file"), trainingData: "none", citation: "")
    let template = AlignmentTemplate.arcface(size: 32), dimension = 4, precision = "f32"

    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        try faces.map { face in
            var sums: [Float] = [0, 0, 0, 1]
            for (index, byte) in face.image.pixels.enumerated() { sums[index % 3] += Float(byte) }
            return try Embedding(normalizing: sums, model: card.identity)
        }
    }
}

let recognizer = Recognizer(finder: FaceFinder(detector: MiddleDetector()), embedder: ColorEmbedder())
let analysis = try await recognizer.analyze(.file(URL(filePath: CommandLine.arguments[1])))
for face in analysis.faces {
    print("a face in the middle, \(Int(face.face.box.width)) pixels wide:", face.embedding.values)
}
