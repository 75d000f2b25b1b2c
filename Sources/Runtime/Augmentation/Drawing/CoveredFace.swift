public import Faces
public import Pixels

/// A picture on which something was drawn over a face, and where.
public struct CoveredFace: Hashable, Sendable {
    /// The altered picture, of the original's size.
    public let image: Image
    /// What was drawn, in words: `surgical lightBlue pleats, full`.
    public let name: String
    /// How much of each pixel is covered, 0...255; as many as the picture has pixels, row by row.
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

/// Something that can be drawn over faces: a mask, sunglasses, a scarf.
public protocol FaceCover: Sendable {
    /// What it is, in words.
    var name: String { get }

    /// Draws it over the face at `landmarks`.
    ///
    /// It follows the head's pose and size, is lit as the face is, and as noisy and as soft as the picture. Folds, fit
    /// and shades vary with the seed; the same seed gives the same picture.
    ///
    /// - Parameters:
    ///   - image: Any picture: a photograph or a crop.
    ///   - landmarks: The face's, in the picture's pixels.
    ///   - seed: Another seed, another fit.
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks are those of no face.
    func drawn(on image: Image, at landmarks: Landmarks, seed: UInt64) throws -> CoveredFace
}

extension FaceCover {
    /// Draws it over a face that has been aligned.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks are those of no face.
    public func drawn(on face: AlignedFace, seed: UInt64) throws -> CoveredFace {
        let transform = try face.face.transform(to: face.template)
        return try drawn(on: face.image, at: face.face.landmarks.mapped { transform($0) }, seed: seed)
    }
}
