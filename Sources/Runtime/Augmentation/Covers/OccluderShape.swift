import LikenessSupport

/// The shape of an occluder on an average face, in millimeters, with random variation.
struct OccluderShape {
    private let kind: Occluder.Kind
    /// The materials of its surfaces, by their indices.
    let materials: [Material]
    private let shift: FacePoint
    private let size: Float

    init(_ occluder: Occluder, using generator: inout SeededGenerator) {
        kind = occluder.kind
        shift = [
            generator.number(in: Span(-1, 1)), generator.number(in: Span(-2, 2)), generator.number(in: Span(0, 2)),
        ]
        size = generator.number(in: Span(0.94, 1.08))
        materials = Self.materials(occluder, using: &generator)
    }

    /// The length of its shadow, in millimeters.
    var shadow: Float {
        switch kind {
        case .roundSunglasses, .squareSunglasses, .aviatorSunglasses: 4
        case .cap: 16
        case .beanie, .scarf, .highScarf: 7
        }
    }

    /// Returns the occluder as seen by `frame`.
    func surfaces(frame: FaceFrame) -> [Surface] {
        switch kind {
        case .roundSunglasses: glasses(half: [25, 23], corner: 2, drop: 2, frame: frame)
        case .squareSunglasses: glasses(half: [27, 19], corner: 5, drop: 2, frame: frame)
        case .aviatorSunglasses: glasses(half: [28, 25], corner: 2.6, drop: 7, frame: frame)
        case .cap: [crown(top: -138, rim: -42), peak()]
        case .beanie: [crown(top: -148, rim: -32)]
        case .scarf: [wrap(top: 58)]
        case .highScarf: [wrap(top: 31)]
        }
    }

    private static func materials(_ occluder: Occluder, using generator: inout SeededGenerator) -> [Material] {
        let noise = ValueNoise(seed: UInt32(truncatingIfNeeded: generator.next()))
        switch occluder.kind {
        case .roundSunglasses, .squareSunglasses, .aviatorSunglasses:
            let lenses: [SIMD3<Float>] = [[0.06, 0.06, 0.07], [0.13, 0.09, 0.06], [0.07, 0.10, 0.09]]
            var lens = Material(color: generator.element(of: lenses) ?? [0.06, 0.06, 0.07], pattern: .lens)
            lens.opacity = generator.number(in: Span(0.84, 0.99))
            return [lens, Material(color: occluder.color.rgb)]
        case .cap:
            var cloth = Material(color: occluder.color.rgb, extent: [120, 80], wrinkles: 0.4, noise: noise)
            cloth.hasSeam = true
            var peak = Material(color: occluder.color.rgb * 0.92, extent: [80, 60], hem: 5, wrinkles: 0.1)
            peak.noise = noise
            return [cloth, peak]
        case .beanie, .scarf, .highScarf:
            var wool = Material(color: occluder.color.rgb, second: occluder.color.contrast)
            wool.pattern = .folds
            wool.extent = [90, 110]
            wool.wrinkles = 0.5
            wool.noise = noise
            return [wool]
        }
    }

    /// Returns two lenses with rims, a bridge, and the temples on the visible sides.
    private func glasses(half: SIMD2<Float>, corner: Float, drop: Float, frame: FaceFrame) -> [Surface] {
        var surfaces: [Surface] = []
        for side: Float in [-1, 1] {
            let center = FacePoint(side * 33, drop, 13) + shift
            func rim(_ u: Float, _ radius: Float) -> FacePoint {
                let angle = u * .pi
                let c = MaskShape.cosine(angle), s = MaskShape.sine(angle)
                let reach = radius * size * Self.superellipse(c, s, corner)
                let x = half.x * reach * c, y = half.y * reach * s
                // The frame bends back towards the temple.
                return center + FacePoint(x, y, -0.004 * (33 + side * x) * (33 + side * x) + 4)
            }
            surfaces.append(
                Surface(columns: 41, rows: 9, material: 0, isTwoSided: true) { u, v in rim(u, max(1 - v, 0.01)) })
            let path = (0...40).map { rim(Float($0) / 20 - 1, 1) + [0, 0, 1] }
            surfaces.append(Surface(band: path, width: 3.2, material: 1, frame: frame))
            guard FaceFrame.dot(frame.view, [side * 0.93, 0, 0.36]) > 0.08 else { continue }
            let hinge = FacePoint(side * (33 + half.x * size), -4, 3) + shift
            let temple = (0...6).map { step -> FacePoint in
                let t = Float(step) / 6
                return hinge + FacePoint(side * (77 - 33 - half.x * size) * t.squareRoot(), 4 * t, -85 * t)
            }
            surfaces.append(Surface(band: temple, width: 4, material: 1, frame: frame))
        }
        let bridge = (0...6).map { step -> FacePoint in
            let x = (Float(step) / 3 - 1) * (34 - half.x * size)
            return FacePoint(x, -5 - 2 * (1 - abs(Float(step) / 3 - 1)), 19) + shift
        }
        surfaces.append(Surface(band: bridge, width: 3.4, material: 1, frame: frame))
        return surfaces
    }

    /// Returns the radius of a superellipse |x|ⁿ + |y|ⁿ = 1 in a direction, for n of about 2 (round) to 6 (square).
    private static func superellipse(_ c: Float, _ s: Float, _ corner: Float) -> Float {
        let square = 1 / max(abs(c), abs(s))
        let share = min((corner - 2) / 4, 1) * 0.85
        return 1 + (min(square, 1.3) - 1) * share
    }

    /// Returns the part of a hat over the head and its hair, from `rim` to `top`.
    private func crown(top: Float, rim: Float) -> Surface {
        Surface(columns: 41, rows: 17, material: 0) { u, v in
            let angle = u * 1.95
            let height = 1 - v
            let round = max(1 - height * height, 0.004).squareRoot() * (1 + 0.06 * height) * size
            let x = 90 * round * MaskShape.sine(angle)
            let z = -76 + 100 * round * MaskShape.cosine(angle)
            // The rim is lower at the back and over the ears.
            let y = rim + (top - rim) * height + 18 * (1 - MaskShape.cosine(angle)) * v
            return FacePoint(x, y, z) + shift
        }
    }

    private func peak() -> Surface {
        Surface(columns: 31, rows: 9, material: 1, isTwoSided: true) { u, v in
            let angle = u * 1.05
            let reach = v * 70 * max(1 - u * u * u * u, 0)
            let x = (90 * size + reach * 0.2) * MaskShape.sine(angle)
            let z = -76 + 100 * size * MaskShape.cosine(angle) + reach
            let rim = -42 + 18 * (1 - MaskShape.cosine(angle))
            return FacePoint(x, rim + 26 * v * (1 - 0.5 * u * u), z) + shift
        }
    }

    /// Returns a scarf around the neck, as overlapping rolls of cloth with the upper edge at `top` in the middle.
    private func wrap(top: Float) -> Surface {
        let noise = materials[0].noise
        return Surface(columns: 41, rows: 33, material: 0) { u, v in
            let angle = u * 1.9
            let y = top + shift.y + (215 - top) * v
            // Slanted, uneven rolls; the topmost one bends inwards at its edge.
            let slant = 3 * v + 0.35 * u + 0.3 * noise(u * 2, v * 3)
            let roll = abs(MaskShape.sine(slant * .pi))
            let edge = min(v / 0.05, 1)
            let bulk = 0.90 + 0.10 * roll + 0.10 * v + 0.04 * noise(u * 5, v * 9) - 0.08 * (1 - edge) * (1 - edge)
            let face = max(34 - 0.0045 * (y - 42) * (y - 42), 4) + 10
            let sag = 10 * u * u + 8 * noise(u * 3 + 3, 1)
            return [
                86 * size * bulk * MaskShape.sine(angle) + shift.x, y + sag * (1 - v),
                -58 + (face + 58) * bulk * MaskShape.cosine(angle),
            ]
        }
    }
}
