public import Pixels

/// A face brought to a model's template: the only thing that can be embedded.
public struct AlignedFace: Hashable, Sendable {
    /// The square that the model sees, `template.size` pixels a side.
    public let image: Image
    /// What the face was aligned to.
    public let template: AlignmentTemplate
    /// The face in the picture that it was cut from.
    public let face: Face
    /// What is known about how the face was seen.
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
        // Half a pixel: the first pixel's center is 0, its left edge −0.5, in the picture and in the square alike.
        let left = box.center.x - side / 2, top = box.center.y - side / 2
        return SimilarityTransform(a: scale, b: 0, tx: (0.5 - left) * scale - 0.5, ty: (0.5 - top) * scale - 0.5)
    }

    /// Returns the face cut out of `image` and brought to `template`; pixels outside the picture are black.
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
    /// Returns the same face with other pixels, such as with a part hidden; what is known about how it was seen stays.
    ///
    /// - Parameter image: As large as ``image``.
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
