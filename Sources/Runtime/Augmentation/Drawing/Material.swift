/// The material of a surface: its color and opacity at each place, before lighting.
struct Material {
    /// A printed or woven pattern.
    enum Pattern: String, Codable, CaseIterable, Sendable {
        case plain, pleats, stripes, dots, checks, gradient
        case ribs, folds, lens
    }

    /// The RGB components, 0...1.
    var color: SIMD3<Float>
    /// The second color of the pattern.
    var second: SIMD3<Float> = [1, 1, 1]
    var pattern: Pattern = .plain
    /// Whether there are pleats in addition to the pattern.
    var isPleated = false
    /// The extent from u = 0 to 1 and from v = 0 to 1, in millimeters.
    ///
    /// Patterns keep their size.
    var extent: SIMD2<Float> = [60, 105]
    /// The period of the pattern, in millimeters.
    var period: Float = 12
    /// The direction of stripes: cosine and sine.
    var direction: SIMD2<Float> = [0, 1]
    /// The width of the sewn hems, in millimeters; 0 for none.
    var hem: Float = 0
    /// The strength of wrinkles, 0...1.
    var wrinkles: Float = 0
    /// Whether there is a seam down the middle.
    var hasSeam = false
    /// Whether there is a metal clip over the nose.
    var hasClip = false
    /// The opacity, 0...1.
    var opacity: Float = 1
    /// The noise that makes wrinkles differ.
    var noise = ValueNoise(seed: 0)

    /// Returns the premultiplied RGB and opacity at a place, under light of the strength `light` (1 is full).
    func color(u: Float, v: Float, light: Float) -> SIMD4<Float> {
        let x = u * extent.x, y = v * extent.y
        var tint = base(x: x, y: y, v: v)
        var shade = light
        if isPleated || pattern == .pleats { shade *= Self.pleats(u: u, v: v) }
        if wrinkles > 0 {
            shade *= 1 + wrinkles * 0.22 * (noise(x / 22, y / 9) + 0.5 * noise(x / 9, y / 5) - 0.75)
        }
        if hem > 0 { shade *= hemShade(x: x, y: y) }
        if hasSeam { shade *= 1 - 0.22 * Self.line(x, width: 0.9) + 0.06 * Self.line(x - 1.6, width: 1) }
        if pattern == .ribs { shade *= 1 - 0.10 * Self.line(Self.distance(y, period: period), width: 1) }
        if pattern == .folds { shade *= folds(u: u, v: v) }
        if pattern == .lens { tint += SIMD3(repeating: Self.sky(u: u, v: v)) }
        if hasClip, abs(x) < 26 {
            shade *= 1 - 0.3 * Self.band(y - 9, half: 2.5) + 0.12 * Self.line(y - 5.5, width: 1.2)
        }
        tint *= shade
        tint.clamp(lowerBound: .zero, upperBound: .one)
        return SIMD4(tint * opacity, opacity)
    }

    private func base(x: Float, y: Float, v: Float) -> SIMD3<Float> {
        switch pattern {
        case .plain, .pleats, .ribs, .folds, .lens:
            return color
        case .gradient:
            return color + (second - color) * v
        case .stripes:
            let along = x * direction.x + y * direction.y
            return mixed(Self.band(Self.distance(along, period: period), half: period * 0.22))
        case .dots:
            // Every other row is shifted by half a period.
            let row = (y / period).rounded()
            let shift = row.truncatingRemainder(dividingBy: 2) == 0 ? 0 : period / 2
            let dx = Self.distance(x + shift, period: period), dy = Self.distance(y, period: period)
            return mixed(Self.band((dx * dx + dy * dy).squareRoot(), half: period * 0.26))
        case .checks:
            let across = Self.band(Self.distance(x, period: period), half: period * 0.25)
            let down = Self.band(Self.distance(y, period: period), half: period * 0.25)
            return mixed((across + down) / 2)
        }
    }

    private func mixed(_ share: Float) -> SIMD3<Float> { color + (second - color) * share }

    /// Returns the shade of the sewn borders, a little darker along the stitches.
    private func hemShade(x: Float, y: Float) -> Float {
        let inside = min(min(y, extent.y - y), extent.x - abs(x))
        guard inside < hem * 1.6 else { return 1 }
        return 1 - 0.16 * Self.line(inside - hem, width: 0.8) - 0.06 * Self.line(inside - hem * 0.5, width: 0.6)
            + (inside < hem ? 0.03 : 0)
    }

    /// Returns the shade of heavy cloth with soft folds.
    private func folds(u: Float, v: Float) -> Float {
        let wave = noise(u * 1.7, v * 6) + 0.6 * noise(u * 3 + 7, v * 11)
        return 0.6 + 0.42 * wave
    }

    /// Returns the sky's reflection in a lens, stronger at its top.
    ///
    /// The coordinate u is the angle from the image's left; v points inwards.
    private static func sky(u: Float, v: Float) -> Float {
        let height = -(1 - v) * MaskShape.sine(u * .pi)
        return 0.10 + 0.12 * height
    }

    /// Returns the shade of three overlapping pleats: a shadow under each edge, a light rim above it, flat towards the
    /// sides.
    private static func pleats(u: Float, v: Float) -> Float {
        let fade = 1 - min(max((abs(u) - 0.55) / 0.4, 0), 1) * 0.6
        var shade: Float = 1
        for place: Float in [0.30, 0.50, 0.69] {
            let below = v - place - 0.02 * u * u
            if below >= 0, below < 0.09 {
                let share = 1 - below / 0.09
                shade -= 0.36 * share * share * fade
            } else if below < 0, below > -0.03 {
                shade += 0.10 * (1 + below / 0.03) * fade
            }
        }
        return shade
    }

    /// Returns 1 on a line of `width` millimeters, 0 away from it.
    private static func line(_ distance: Float, width: Float) -> Float { max(0, 1 - abs(distance) / width) }

    /// Returns 1 within `half` millimeters, 0 outside, with a soft border.
    private static func band(_ distance: Float, half: Float) -> Float {
        min(max((half - abs(distance)) / 0.6 + 0.5, 0), 1)
    }

    /// Returns the distance to the nearest multiple of `period`.
    private static func distance(_ value: Float, period: Float) -> Float {
        value - period * (value / period).rounded()
    }
}

/// Smooth random values over the plane, 0...1 (value noise).
struct ValueNoise: Hashable {
    let seed: UInt32

    func callAsFunction(_ x: Float, _ y: Float) -> Float {
        let left = x.rounded(.down), top = y.rounded(.down)
        let column = Int32(left), row = Int32(top)
        let fx = Self.eased(x - left), fy = Self.eased(y - top)
        let above = corner(column, row) * (1 - fx) + corner(column &+ 1, row) * fx
        let below = corner(column, row &+ 1) * (1 - fx) + corner(column &+ 1, row &+ 1) * fx
        return above * (1 - fy) + below * fy
    }

    private func corner(_ column: Int32, _ row: Int32) -> Float {
        var h = UInt32(bitPattern: column) &* 0x8DA6_B343 ^ UInt32(bitPattern: row) &* 0xD816_3841 ^ seed
        h = (h ^ h >> 15) &* 0x2C1B_3C6D
        h = (h ^ h >> 12) &* 0x297A_2D39
        return Float((h ^ h >> 15) >> 8) * 0x1p-24
    }

    private static func eased(_ t: Float) -> Float { t * t * (3 - 2 * t) }
}
