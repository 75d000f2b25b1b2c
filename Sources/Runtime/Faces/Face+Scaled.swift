public import Pixels

extension Face {
    /// Converts the face from the full picture's pixels to those of `part`.
    public func local(in part: ScaledImage) -> Face {
        Face(box: part.local(box), confidence: confidence, landmarks: landmarks.mapped { part.local($0) })
    }

    /// Returns the face cut out of a part of its picture, at any reduction, and aligned to `template`; pixels outside
    /// are black.
    ///
    /// Coordinates and the context's size stay those of the full picture. If a pixel of the square covers ``coarsest``
    /// or more pixels of `part`, the part is shrunk first. Squares are therefore sampled from similar resolutions,
    /// however large the face is and however the file was reduced.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func aligned(in part: ScaledImage, to template: AlignmentTemplate) throws -> AlignedFace {
        let crop = try crop(of: part, template)
        let context =
            template == ContextVector.template
            ? ContextVector(of: self, crop: crop) : try ContextVector(of: self, in: part)
        return AlignedFace(image: crop, template: template, face: self, context: context)
    }

    /// Returns only the square.
    func crop(of part: ScaledImage, _ template: AlignmentTemplate) throws -> Image {
        let part = try shrunk(part, for: template)
        return part.image.warped(
            by: try local(in: part).transform(to: template), width: template.size, height: template.size)
    }

    /// Returns the number of the full picture's pixels per pixel of `template`'s square, along one side.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks (or the box) have no extent.
    public func resolution(in template: AlignmentTemplate) throws -> Float { 1 / (try transform(to: template).scale) }

    /// Returns the largest power of two by which the picture may be reduced before the face is cut out for `template`.
    ///
    /// A pixel of the square still covers ``finest`` reduced pixels, if the picture has that many.
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

    /// The number of pixels per pixel of the square at which no detail is lost.
    public static let finest: Float = 2
    /// The number of pixels per pixel of the square from which sampling would skip details.
    public static let coarsest: Float = 4

    /// Returns the box in the full picture that the square of `template` covers, with a border.
    ///
    /// - Parameters:
    ///   - template: The template.
    ///   - border: The width of the border, in pixels of the square.
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

    /// Returns the part of `part` that the square needs, no finer than necessary.
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
    /// The template of the crop on which a face is measured.
    public static var measuredTemplate: AlignmentTemplate { template }

    /// Measures `face` in a part of its picture, at any reduction.
    ///
    /// `face` is in the full picture's pixels.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks coincide.
    public init(of face: Face, in part: ScaledImage) throws {
        self.init(of: face, crop: try face.crop(of: part, Self.template))
    }
}
