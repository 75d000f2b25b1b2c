import Faces
import LikenessSupport
import Pixels

/// A picture with a face and its light: the input for drawing on the face.
struct CoverCanvas {
    let image: Image
    let frame: FaceFrame
    let light: FaceLight

    init(image: Image, landmarks: Landmarks) throws {
        self.image = image
        frame = try FaceFrame(landmarks)
        light = FaceLight(of: image, frame: frame)
    }

    /// Returns `material` under the light of this picture, with a small random change of shade.
    func lit(_ material: Material, using generator: inout SeededGenerator) -> Material {
        var result = material
        let brightness = generator.number(in: Span(0.95, 1.08))
        let tint = SIMD3(
            generator.number(in: Span(0.97, 1.03)), generator.number(in: Span(0.97, 1.03)),
            generator.number(in: Span(0.97, 1.03)))
        func seen(_ color: SIMD3<Float>) -> SIMD3<Float> {
            let gray = SIMD3(repeating: (color * [0.299, 0.587, 0.114]).sum())
            return (gray + (color - gray) * light.saturation) * brightness * light.exposure
                * (1 + (tint - 1) * light.saturation)
        }
        result.color = seen(material.color)
        result.second = seen(material.second)
        return result
    }

    /// Returns the picture with `surfaces` drawn on it.
    ///
    /// - Parameters:
    ///   - surfaces: The surfaces.
    ///   - materials: The materials of the surfaces, by their indices.
    ///   - shadow: The length of the shadow, in millimeters.
    ///   - name: The cover in words.
    ///   - generator: The generator of random numbers.
    func drawn(
        _ surfaces: [Surface], materials: [Material], shadow: Float, name: String,
        using generator: inout SeededGenerator
    ) -> CoveredFace {
        let reach = shadow * frame.scale
        var rasterizer = Rasterizer(light: light.direction)
        rasterizer.margin = Int((reach + 3 * light.blur).rounded(.up)) + 2
        let layer = rasterizer.draw(
            surfaces, materials: materials, frame: frame, width: image.width, height: image.height)
        return drawn(layer, shadow: reach, name: name, using: &generator)
    }

    /// Returns the picture with a finished layer over it, blurred and noisy like the picture.
    func drawn(
        _ layer: Layer?, shadow: Float, name: String, using generator: inout SeededGenerator
    ) -> CoveredFace {
        let covered = image.covered(
            by: layer?.softened(sigma: light.blur), light: light, shadow: shadow, using: &generator)
        return CoveredFace(image: covered.image, name: name, coverage: covered.coverage)
    }
}
