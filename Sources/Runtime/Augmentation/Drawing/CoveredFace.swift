public import Faces
public import Pixels

/// A picture with a cover drawn over a face, and the covered region.
public struct CoveredFace: Hashable, Sendable {
    /// The altered picture, of the same size as the original.
    public let image: Image
    /// The cover in words: `surgical lightBlue pleats, full`.
    public let name: String
    /// The coverage of each pixel, 0...255, row by row.
    public let coverage: [UInt8]

    /// Returns the covered share of the pixel at `x`, `y`, 0...1; 0 outside the picture.
    public func coverage(x: Int, y: Int) -> Float {
        guard x >= 0, y >= 0, x < image.width, y < image.height else { return 0 }
        return Float(coverage[y * image.width + x]) / 255
    }

    /// Returns the covered share of the pixel at `point`.
    public func coverage(at point: Point) -> Float {
        guard point.x.isFinite, point.y.isFinite, abs(point.x) < 1e6, abs(point.y) < 1e6 else { return 0 }
        return coverage(x: Int(point.x.rounded()), y: Int(point.y.rounded()))
    }
}

/// A cover that can be drawn over faces: a mask, sunglasses, a scarf.
public protocol FaceCover: Sendable {
    /// The cover in words.
    var name: String { get }

    /// Draws the cover over the face at `landmarks`.
    ///
    /// The cover follows the head's pose and size, and is lit, noisy and blurred like the picture. Folds, fit and
    /// shades depend on the seed; the same seed gives the same picture.
    ///
    /// - Parameters:
    ///   - image: Any picture: a photograph or a crop.
    ///   - landmarks: The face's landmarks, in the picture's pixels.
    ///   - seed: The seed of the random variation.
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    func drawn(on image: Image, at landmarks: Landmarks, seed: UInt64) throws -> CoveredFace
}

extension FaceCover {
    /// Draws the cover over an aligned face.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    public func drawn(on face: AlignedFace, seed: UInt64) throws -> CoveredFace {
        let transform = try face.face.transform(to: face.template)
        return try drawn(on: face.image, at: face.face.landmarks.mapped { transform($0) }, seed: seed)
    }
}
