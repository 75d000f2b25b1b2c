import Faces
import Foundation
import Pixels
import Testing

/// The faces found by another implementation, from `Golden/`.
struct GoldenPicture: Decodable {
    struct Found: Decodable {
        let box: [Float]
        let landmarks: [[Float]]

        var points: [Point] { landmarks.map { Point(x: $0[0], y: $0[1]) } }
    }

    let image: String
    let width: Int
    let height: Int
    let faces: [Found]
}

/// A file of `Golden/`.
struct GoldenFile: Decodable {
    let portraits: [GoldenPicture]
    let lfw: [GoldenPicture]?

    static func read(_ name: String) throws -> GoldenFile {
        let folder = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        let data = try Data(contentsOf: folder.appending(path: "Golden/\(name).json"))
        return try JSONDecoder().decode(GoldenFile.self, from: data)
    }
}

extension Box {
    /// The left, top, right and bottom edges.
    var edges: [Float] { [x, y, x + width, y + height] }
}

/// Returns the largest difference between two lists of numbers.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

extension Landmarks {
    /// Whether left is left, and the mouth is below the nose, which is below the eyes.
    var arePlausible: Bool {
        leftEye.x < rightEye.x && leftMouth.x < rightMouth.x && nose.y > min(leftEye.y, rightEye.y)
            && max(leftMouth.y, rightMouth.y) > nose.y
    }
}
