public import Pixels

extension Face {
    /// Returns the face in the pixels of `part`, from those of the full picture.
    public func local(in part: ScaledImage) -> Face {
        Face(box: part.local(box), confidence: confidence, landmarks: landmarks.mapped { part.local($0) })
    }

    /// Returns the face cut out of part of its picture, at whatever size that is, and brought to `template`; pixels
    /// outside are black.
    ///
    /// Coordinates and the context's size stay those of the full picture. Where `part` is so fine that a pixel of the
    /// square is ``coarsest`` or more of its pixels wide, it is shrunk first: squares come from pictures of like
    /// resolution then, however large the face is and whatever the file was decoded at.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func aligned(in part: ScaledImage, to template: AlignmentTemplate) throws -> AlignedFace {
        let crop = try crop(of: part, template)
        let context =
            template == ContextVector.template
            ? ContextVector(of: self, crop: crop) : try ContextVector(of: self, in: part)
        return AlignedFace(image: crop, template: template, face: self, context: context)
    }

    /// Returns the square alone.
    func crop(of part: ScaledImage, _ template: AlignmentTemplate) throws -> Image {
        let part = try shrunk(part, for: template)
        return part.image.warped(
            by: try local(in: part).transform(to: template), width: template.size, height: template.size)
    }

    /// Pixels of the full picture to one of `template`'s square, along a side.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func resolution(in template: AlignmentTemplate) throws -> Float { 1 / (try transform(to: template).scale) }

    /// Returns the largest power of two by which the picture may be reduced before the face is cut out for `template`:
    /// a pixel of the square is then still as wide as ``finest`` pixels, as long as the picture has them.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func reduction(for template: AlignmentTemplate) throws -> Int {
        let resolution = try resolution(in: template)
        var reduction = 1
        while Float(reduction * 2) * Self.finest <= resolution, reduction < EncodedImage.largestReduction {
            reduction *= 2
        }
        return reduction
    }

    /// With this many pixels to one of the square no detail is missing from it.
    public static let finest: Float = 2
    /// With this many or more, details would be skipped between the points that the square is sampled at.
    public static let coarsest: Float = 4

    /// What the square of `template` covers in the picture, with a border; in the full picture's pixels.
    ///
    /// - Parameter border: In pixels of the square.
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func surroundings(in template: AlignmentTemplate, border: Float = 4) throws -> Box {
        let back = try transform(to: template).inverse
        let low = -border, high = Float(template.size) + border
        let corners = [(low, low), (high, low), (low, high), (high, high)].map { back(Point(x: $0, y: $1)) }
        let xs = corners.map(\.x), ys = corners.map(\.y)
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
            throw FaceError.degenerateLandmarks
        }
        return Box(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// Of `part` what the square needs, no finer than it needs it.
    private func shrunk(_ part: ScaledImage, for template: AlignmentTemplate) throws -> ScaledImage {
        let resolution = try resolution(in: template) / Float(part.reduction)
        var factor = 1
        while resolution / Float(factor) >= Self.coarsest, factor < EncodedImage.largestReduction { factor *= 2 }
        guard factor > 1 else { return part }
        guard let seen = part.part(try surroundings(in: template)) else { return part }
        return seen.reduced(by: factor)
    }
}

extension ContextVector {
    /// The template whose square a face is measured on.
    public static var measuredTemplate: AlignmentTemplate { template }

    /// Measures `face`, in the full picture's pixels, in a part of its picture at whatever size.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks coincide.
    public init(of face: Face, in part: ScaledImage) throws {
        self.init(of: face, crop: try face.crop(of: part, Self.template))
    }
}
