import LikenessSupport

/// The materials of masks.
enum MaskMaterials {
    /// Returns the materials of the cloth, straps and valve.
    static func make(_ style: MaskStyle, using generator: inout SeededGenerator) -> [Material] {
        [cloth(style, using: &generator), straps(style, using: &generator), valve]
    }

    /// Returns the positions on the mask (v) at which the straps begin, and the points in millimeters at which they end
    /// at the right ear.
    static func strapEnds(_ style: MaskStyle) -> [(v: Float, ear: FacePoint)] {
        let low: Float = style.coverage == .chin ? 8 : 0
        switch style.kind {
        case .surgical, .cloth, .kn95: return [(0.06, [76, 6 + low, -82]), (0.94, [74, 46, -80])]
        case .n95: return [(0.3, [79, -14 + low, -70]), (0.72, [72, 82, -60])]
        }
    }

    private static func cloth(_ style: MaskStyle, using generator: inout SeededGenerator) -> Material {
        var material = Material(color: style.color.rgb, second: style.color.contrast)
        material.pattern = pattern(style.texture)
        material.isPleated = style.kind == .surgical
        material.noise = ValueNoise(seed: UInt32(truncatingIfNeeded: generator.next()))
        material.period = generator.number(in: Span(7, 16))
        let directions: [SIMD2<Float>] = [[0, 1], [1, 0], [0.7071, 0.7071], [0.7071, -0.7071]]
        material.direction = generator.element(of: directions) ?? [0, 1]
        material.extent = extent(style)
        switch style.kind {
        case .surgical:
            material.hem = 5
            material.wrinkles = generator.number(in: Span(0.25, 0.6))
        case .cloth:
            material.hem = 6
            material.wrinkles = generator.number(in: Span(0.35, 0.8))
            material.hasSeam = generator.happens(0.7)
        case .n95:
            material.hem = 4
            material.hasClip = generator.happens(0.7)
            material.wrinkles = 0.12
            if style.texture == .plain, generator.happens(0.4) {
                material.pattern = .ribs
                material.period = 22
            }
        case .kn95:
            material.hem = 5
            material.wrinkles = 0.15
            material.hasSeam = true
        }
        return material
    }

    private static func straps(_ style: MaskStyle, using generator: inout SeededGenerator) -> Material {
        let isDark = [.black, .charcoal, .navy].contains(style.color)
        let white = SIMD3<Float>(0.92, 0.92, 0.92)
        switch style.kind {
        case .cloth:
            return Material(color: style.color.rgb * (isDark ? 1 : 0.9))
        case .n95:
            let colors = [CoverColor.yellow.rgb, white, CoverColor.lightBlue.rgb]
            return Material(color: generator.element(of: colors) ?? white)
        case .surgical, .kn95:
            return Material(color: isDark ? style.color.rgb : white)
        }
    }

    private static var valve: Material { Material(color: [0.86, 0.87, 0.88], extent: [48, 15], hem: 2) }

    private static func pattern(_ texture: MaskStyle.Texture) -> Material.Pattern {
        switch texture {
        case .plain: .plain
        case .pleats: .pleats
        case .stripes: .stripes
        case .dots: .dots
        case .checks: .checks
        case .gradient: .gradient
        }
    }

    /// Returns the extent of the cloth in millimeters, from the middle to a side and from the top to the bottom.
    private static func extent(_ style: MaskStyle) -> SIMD2<Float> {
        switch style.coverage {
        case .full: [85, 118]
        case .low: [85, 100]
        case .underNose: [85, 84]
        case .chin: [85, 60]
        }
    }
}
