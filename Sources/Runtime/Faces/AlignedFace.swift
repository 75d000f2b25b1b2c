public import Pixels

/// A face aligned to a model's template.
///
/// Only aligned faces can be embedded.
///
/// ```swift
/// let aligned = try face.aligned(in: image, to: embedder.template)
/// let embedding = try await embedder.embeddings(of: [aligned])[0]
/// ```
public struct AlignedFace: Hashable, Sendable {
    /// The aligned square that the model takes, `template.size` pixels a side.
    public let image: Image
    /// The template that the face was aligned to.
    public let template: AlignmentTemplate
    /// The face in its original picture.
    public let face: Face
    /// The conditions under which the face was seen, such as pose and light.
    public var context: ContextVector
}

extension Face {
    /// Returns the transform from the picture's pixels to the square of `template`.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func transform(to template: AlignmentTemplate) throws -> SimilarityTransform {
        if let reference = template.referencePoints {
            return try SimilarityTransform(from: landmarks.points, to: reference)
        }
        guard case .box(let size, let margin) = template else { preconditionFailure("a template without points") }
        let side = max(box.width, box.height) * (1 + margin)
        guard side.isFinite, side > 0 else { throw FaceError.degenerateLandmarks }
        let scale = Float(size) / side
        // The half pixel: the center of the first pixel is 0 and its left edge −0.5, in the picture and in the square.
        let left = box.center.x - side / 2, top = box.center.y - side / 2
        let transform = SimilarityTransform(
            a: scale, b: 0, tx: (0.5 - left) * scale - 0.5, ty: (0.5 - top) * scale - 0.5)
        guard transform.isInvertible else { throw FaceError.degenerateLandmarks }
        return transform
    }

    /// Returns the face cut out of `image` and aligned to `template`. Pixels outside the picture are black.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func aligned(in image: Image, to template: AlignmentTemplate) throws -> AlignedFace {
        let crop = image.warped(by: try transform(to: template), width: template.size, height: template.size)
        let context =
            template == ContextVector.template
            ? ContextVector(of: self, crop: crop) : try ContextVector(of: self, in: image)
        return AlignedFace(image: crop, template: template, face: self, context: context)
    }
}

extension AlignedFace {
    /// Returns the same face with other pixels, for example with a part hidden.
    ///
    /// The context does not change.
    ///
    /// - Parameter image: The new pixels, of the same size as ``image``.
    public func replacingImage(with image: Image) -> AlignedFace {
        precondition(image.width == self.image.width && image.height == self.image.height, "the crop keeps its size")
        return AlignedFace(image: image, template: template, face: face, context: context)
    }

    /// The five landmarks in the crop's pixels.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public var landmarks: Landmarks {
        get throws {
            let transform = try face.transform(to: template)
            return face.landmarks.mapped { transform($0) }
        }
    }
}
