import Faces
import LikenessSupport
import Pixels

extension Image {
    /// Returns the picture with a square patch at a random place inside the face's square.
    ///
    /// DeVries and Taylor, *Improved regularization of convolutional neural networks with cutout*, 2017. The face's
    /// square is that of ArcFace's template, from the forehead to the chin, and turns with the head. The patch has the
    /// face's mean color, which reveals nothing of the person and avoids a hard edge.
    ///
    /// - Parameters:
    ///   - share: The part of the face's area that is covered, 0...1.
    ///   - face: The landmarks, in the picture's pixels.
    ///   - generator: The generator of random numbers.
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    func occluded(share: Float, at face: Landmarks, using generator: inout SeededGenerator) throws -> Image {
        let template = AlignmentTemplate.arcface(size: 112)
        guard let reference = template.referencePoints else { preconditionFailure("the template has points") }
        let square = FaceSquare(toSquare: try SimilarityTransform(from: face.points, to: reference), side: 112)
        let side = square.side * share.squareRoot(), room = square.side - side
        let left = generator.unit() * room, top = generator.unit() * room
        let whole = square.places(from: (0, 0), side: square.side, in: self)
        let color = meanColor(at: whole)
        var pixels = pixels
        for place in square.places(from: (left, top), side: side, in: self) {
            for channel in 0..<3 { pixels[place + channel] = color[channel] }
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// Returns the mean color of the pixels whose first bytes are at `places`; black if there are none.
    private func meanColor(at places: [Int]) -> [UInt8] {
        var sums = [0, 0, 0]
        for place in places {
            for channel in 0..<3 { sums[channel] += Int(pixels[place + channel]) }
        }
        return sums.map { UInt8($0 / max(places.count, 1)) }
    }
}

/// The square of a face in a picture.
private struct FaceSquare {
    /// The transform from the picture's pixels to those of the square.
    let toSquare: SimilarityTransform
    /// The side, in the square's pixels.
    let side: Float

    /// Returns the byte offsets of the pixels whose centers lie in a part of the square.
    ///
    /// - Parameters:
    ///   - corner: The top left corner of the part, in the square's pixels.
    ///   - side: The side of the part.
    ///   - image: The picture.
    func places(from corner: (x: Float, y: Float), side: Float, in image: Image) -> [Int] {
        // The left edge of the first pixel is half a pixel before its center.
        let left = corner.x - 0.5, top = corner.y - 0.5
        let toPicture = toSquare.inverse
        let corners = [(left, top), (left + side, top), (left, top + side), (left + side, top + side)]
            .map { toPicture(Point(x: $0.0, y: $0.1)) }
        let columns = Self.span(corners.map(\.x), below: image.width)
        let rows = Self.span(corners.map(\.y), below: image.height)
        var places: [Int] = []
        for y in rows {
            for x in columns {
                let place = toSquare(Point(x: Float(x), y: Float(y)))
                if place.x >= left, place.x < left + side, place.y >= top, place.y < top + side {
                    places.append((y * image.width + x) * 3)
                }
            }
        }
        return places
    }

    /// Returns the range of the integers from 0 to below `count` between the least and the greatest of `values`.
    private static func span(_ values: [Float], below count: Int) -> Range<Int> {
        let low = max(values.min() ?? 0, 0), high = min(values.max() ?? 0, Float(count - 1))
        return low <= high ? Int(low)..<Int(high) + 1 : 0..<0
    }
}
