import Faces
import Foundation
import LikenessSupport
import Pixels

/// A square of a scene, as a network of the cascade sees it, and what the network should say.
struct CascadeExample: Sendable, Hashable {
    /// `[side, side, 3]`, red, green, blue.
    var pixels: [UInt8]
    /// Whether the square is a face; `nil` if it is half on one.
    var isFace: Bool?
    /// The offsets of the face's edges, in sides of the square; `nil` without a face.
    var box: [Float]?
    /// The landmarks in the square; `nil` if they are not known.
    var landmarks: [Float]?
}

/// Cuts squares out of scenes and judges them by their overlap with the faces.
///
/// Zhang et al., 2016 (arXiv:1604.02878), section III: faces overlap by more than 0.65, parts by 0.4 to 0.65, and the
/// rest by less than 0.3.
struct CascadeSampler: Sendable {
    /// The side of the network's squares, in pixels.
    let side: Int

    private static let leastOfFaces: Float = 0.65, leastOfParts: Float = 0.4, greatestOfRest: Float = 0.3

    /// The kinds of squares that are drawn.
    private enum Kind { case face, part, rest }

    /// Returns random squares of a scene: of seven, three have no face, one is half on a face, and three are faces.
    ///
    /// - Parameters:
    ///   - scene: The scene. Without faces, all squares are without one.
    ///   - count: The number of squares that are sought; some are not found.
    ///   - numbers: The random numbers.
    func examples(
        in scene: DetectionScene, count: Int, using numbers: inout SeededGenerator
    ) -> [CascadeExample] {
        (0..<count).compactMap { number in
            let kind: Kind = scene.faces.isEmpty || number % 7 < 3 ? .rest : number % 7 == 3 ? .part : .face
            for _ in 0..<20 {
                let square = square(kind, in: scene, using: &numbers)
                guard let example = example(of: square, in: scene) else { continue }
                switch kind {
                case .face where example.isFace == true, .part where example.isFace == nil,
                    .rest where example.isFace == false:
                    return example
                default: continue
                }
            }
            return nil
        }
    }

    private func square(_ kind: Kind, in scene: DetectionScene, using numbers: inout SeededGenerator) -> Box {
        let extent = Float(min(scene.image.width, scene.image.height))
        if kind == .rest, scene.faces.isEmpty || numbers.happens(0.5) {
            let size = numbers.scale(in: min(12, extent / 2)...extent / 2)
            return Box(
                x: (Float(scene.image.width) - size) * numbers.unit(),
                y: (Float(scene.image.height) - size) * numbers.unit(), width: size, height: size)
        }
        let face = scene.faces[numbers.index(below: scene.faces.count)].box
        let (longer, shorter) = (max(face.width, face.height), min(face.width, face.height))
        let size: Float, shift: Float
        switch kind {
        case .face: (size, shift) = (numbers.number(in: Span(shorter * 0.8, longer * 1.25)), 0.2)
        case .part: (size, shift) = (numbers.number(in: Span(shorter * 0.7, longer * 1.4)), 0.4)
        // Squares next to a face, on half of it, or around it.
        case .rest: (size, shift) = (numbers.scale(in: shorter * 0.3...longer * 2.5), 1)
        }
        let reach = max(size, longer) * shift
        let x = face.center.x + numbers.number(in: Span(-reach, reach)) - size / 2
        let y = face.center.y + numbers.number(in: Span(-reach, reach)) - size / 2
        return Box(x: x, y: y, width: size, height: size)
    }

    /// Returns the example of a square; `nil` if the square is outside the scene, or if its overlap is between those
    /// of the kinds.
    func example(of square: Box, in scene: DetectionScene) -> CascadeExample? {
        guard let pixels = pixels(of: square, in: scene.image) else { return nil }
        let square = Self.whole(square)
        let best = scene.faces.max { $0.box.overlap(with: square) < $1.box.overlap(with: square) }
        let overlap = best?.box.overlap(with: square) ?? 0
        guard let best, overlap >= Self.leastOfParts else {
            return overlap < Self.greatestOfRest
                ? CascadeExample(pixels: pixels, isFace: false, box: nil, landmarks: nil) : nil
        }
        func x(_ value: Float) -> Float { (value - square.x) / square.width }
        func y(_ value: Float) -> Float { (value - square.y) / square.height }
        let face = best.box
        let box = [x(face.x), y(face.y), x(face.x + face.width) - 1, y(face.y + face.height) - 1]
        guard overlap >= Self.leastOfFaces else {
            return CascadeExample(pixels: pixels, isFace: nil, box: box, landmarks: nil)
        }
        let landmarks = best.landmarks.map { landmarks in
            landmarks.points.map { x($0.x + 0.5) } + landmarks.points.map { y($0.y + 0.5) }
        }
        return CascadeExample(pixels: pixels, isFace: true, box: box, landmarks: landmarks)
    }

    /// Returns the pixels of a square at the network's side; `nil` if less than half of it is in the picture.
    ///
    /// As in the detector, what is outside is cut off and the rest is stretched.
    func pixels(of square: Box, in image: Image) -> [UInt8]? {
        let whole = Self.whole(square)
        let seen = whole.intersection(Box(x: 0, y: 0, width: Float(image.width), height: Float(image.height)))
        guard seen.area >= whole.area / 2, seen.area > 0 else { return nil }
        return image.cropped(to: seen).resized(width: side, height: side, method: .adaptiveAverage).pixels
    }

    /// Returns the square with its edges at whole pixels; empty if its numbers are not those of a square.
    private static func whole(_ square: Box) -> Box {
        guard square.width.magnitude < 1e6, square.x.magnitude < 1e6, square.y.magnitude < 1e6,
            square.height.magnitude < 1e6
        else { return Box(x: 0, y: 0, width: 0, height: 0) }
        let x = square.x.rounded(), y = square.y.rounded()
        return Box(
            x: x, y: y, width: (square.x + square.width).rounded() - x,
            height: (square.y + square.height).rounded() - y)
    }
}
