import LikenessSupport

/// The shape of a mask on an average face, in millimeters, with random variation.
struct MaskShape {
    /// A line across the mask: its middle, its right end, and the curve between them.
    private struct Row {
        /// The y and z coordinates of the middle.
        var middle: SIMD2<Float>
        /// The end on the image's right.
        var end: FacePoint
        /// The profile: 0 is rounded like a face; 1 is straight from the middle to the end, with a ridge.
        var ridge: Float
        /// How early the line leaves the middle's height: early below 1, late above 1.
        var bend: Float
    }

    private let style: MaskStyle
    private let rows: (middle: Spline<SIMD2<Float>>, end: Spline<SIMD4<Float>>, shape: Spline<SIMD2<Float>>)
    /// The random variation of this mask.
    private let fit: Fit
    /// The materials of its surfaces: cloth, straps, valve.
    let materials: [Material]

    private struct Fit {
        var shift: FacePoint
        var width: Float
        var tilt: Float
        var hasValve: Bool
        var valveSide: Float

        init(_ style: MaskStyle, using generator: inout SeededGenerator) {
            shift = [
                generator.number(in: Span(-1.5, 1.5)), generator.number(in: Span(-2.5, 2.5)),
                generator.number(in: Span(-1, 2)),
            ]
            width = generator.number(in: Span(0.95, 1.06))
            tilt = generator.number(in: Span(-0.035, 0.035))
            hasValve = style.kind == .n95 && generator.happens(0.35)
            valveSide = generator.happens(0.5) ? 1 : -1
        }
    }

    init(_ style: MaskStyle, using generator: inout SeededGenerator) {
        self.style = style
        fit = Fit(style, using: &generator)
        let rows = Self.rows(style)
        let places = rows.indices.map { Float($0) / Float(rows.count - 1) }
        self.rows = (
            Spline(zip(places, rows).map { ($0, $1.middle) }),
            Spline(zip(places, rows).map { ($0, SIMD4($1.end.x, $1.end.y, $1.end.z, 0)) }),
            Spline(zip(places, rows).map { ($0, SIMD2($1.ridge, $1.bend)) })
        )
        materials = MaskMaterials.make(style, using: &generator)
    }

    /// Returns the mask and its straps, as seen by `frame`.
    func surfaces(frame: FaceFrame) -> [Surface] {
        var surfaces = [Surface(columns: 29, rows: 21, material: 0) { place(u: $0, v: $1) }]
        surfaces += straps(frame: frame)
        if fit.hasValve { surfaces.append(valve()) }
        return surfaces
    }

    /// Returns the place of the mask at u, v.
    private func place(u: Float, v: Float) -> FacePoint {
        let middle = rows.middle(v), end = rows.end(v), shape = rows.shape(v)
        let t = abs(u)
        // An arc of 70 degrees, from facing the camera to nearly along the cheek.
        let turn: Float = 1.22
        let x = end.x * Self.sine(t * turn) / Self.sine(turn)
        let round = (1 - Self.cosine(t * turn)) / (1 - Self.cosine(turn))
        let fall = round + (t - round) * shape.x
        let y = middle.x + (end.y - middle.x) * Self.power(t, shape.y)
        let side: Float = u < 0 ? -1 : 1
        let point = FacePoint(side * x * fit.width, y, middle.y + (end.z - middle.y) * fall) + fit.shift
        return [point.x - fit.tilt * (point.y - 60), point.y + fit.tilt * point.x, point.z]
    }

    private func straps(frame: FaceFrame) -> [Surface] {
        [Float(-1), 1].flatMap { side -> [Surface] in
            // A strap on the far side runs behind the head.
            guard FaceFrame.dot(frame.view, [side * 0.93, 0, 0.36]) > 0.08 else { return [] }
            let width: Float = style.kind == .cloth ? 4.5 : style.kind == .n95 ? 5 : 3
            return MaskMaterials.strapEnds(style).map { v, ear in
                let start = place(u: side * 0.985, v: v)
                let end = FacePoint(side * ear.x, ear.y, ear.z)
                let path = (0...8).map { step -> FacePoint in
                    let t = Float(step) / 8
                    // The strap bulges outwards from the cheek.
                    let bulge = 4 * t * (1 - t)
                    return start + (end - start) * t + FacePoint(side * 2.5, 1, 3) * bulge
                }
                return Surface(band: path, width: width, material: 1, frame: frame)
            }
        }
    }

    /// Returns a round exhalation valve beside the mouth.
    private func valve() -> Surface {
        let center = place(u: 0.36 * fit.valveSide, v: 0.55)
        return Surface(columns: 25, rows: 5, material: 2, isTwoSided: true) { u, v in
            let angle = u * .pi
            let radius = 15 * (1 - v)
            let dome: Float = v > 0.3 ? 7 : 3
            return center
                + FacePoint(
                    radius * Self.cosine(angle), radius * Self.sine(angle),
                    dome - 0.35 * fit.valveSide * radius * Self.cosine(angle))
        }
    }

    // The system libraries' functions differ in the last bit; these do not.
    static func sine(_ x: Float) -> Float {
        var reduced = x - (x / (2 * .pi)).rounded() * 2 * .pi
        if reduced > .pi / 2 { reduced = .pi - reduced } else if reduced < -.pi / 2 { reduced = -.pi - reduced }
        let s = reduced * reduced
        return reduced * (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72))))
    }

    static func cosine(_ x: Float) -> Float { sine(x + .pi / 2) }

    /// Returns x to the power of `exponent` for 0...1, interpolated between whole powers; exact enough for shapes.
    private static func power(_ x: Float, _ exponent: Float) -> Float {
        if exponent < 1 {
            let share = (exponent - 0.5) / 0.5
            return x.squareRoot() * (1 - share) + x * share
        }
        let share = min(exponent - 1, 2)
        return share <= 1 ? x * (1 - share) + x * x * share : x * x * (2 - share) + x * x * x * (share - 1)
    }

    /// Returns the rows from the top edge to the bottom edge.
    private static func rows(_ style: MaskStyle) -> [Row] {
        let full = fullRows(style.kind)
        switch style.coverage {
        case .full: return full
        case .low: return moved(full, top: [34, 31], side: 12)
        case .underNose: return moved(full, top: [55, 22], side: 20)
        case .chin: return moved(full, top: [84, 20], side: 34, bottom: [16, -8])
        }
    }

    /// Returns the rows of a mask that sits lower: its top edge at `top` (y and z of its middle), its ends lower by
    /// `side`.
    private static func moved(
        _ rows: [Row], top: SIMD2<Float>, side: Float, bottom: SIMD2<Float> = [3, -1]
    ) -> [Row] {
        let first = rows[0].middle.x, last = rows[rows.count - 1].middle.x
        return rows.map { row in
            let share = (row.middle.x - first) / (last - first)
            var result = row
            result.middle.x = top.x + (last + bottom.x - top.x) * share
            // Without the nose under it, the cloth lies flat on the lips and the chin.
            let lying = SIMD2(top.y, row.middle.y + bottom.y)
            result.middle.y = min(lying.x + (lying.y - lying.x) * share + 6 * share * (1 - share) * 4, row.middle.y + 4)
            result.end.y += side * (1 - share) + bottom.x * 0.4 * share
            result.ridge *= 0.4
            result.bend = row.bend + (1.2 - row.bend) * (1 - share) * 0.8
            return result
        }
    }

    private static func fullRows(_ kind: MaskStyle.Kind) -> [Row] {
        switch kind {
        case .surgical:
            [
                Row(middle: [13, 18], end: [61, 31, -34], ridge: 0.55, bend: 0.62),
                Row(middle: [30, 31], end: [64, 42, -40], ridge: 0.5, bend: 0.9),
                Row(middle: [50, 35], end: [64, 57, -42], ridge: 0.3, bend: 1.2),
                Row(middle: [74, 29], end: [62, 71, -42], ridge: 0.12, bend: 1.4),
                Row(middle: [98, 22], end: [57, 85, -38], ridge: 0.05, bend: 1.6),
                Row(middle: [121, 3], end: [49, 97, -34], ridge: 0, bend: 1.8),
            ]
        case .cloth:
            [
                Row(middle: [11, 16], end: [65, 32, -42], ridge: 0.7, bend: 0.72),
                Row(middle: [30, 30], end: [67, 44, -46], ridge: 0.65, bend: 1),
                Row(middle: [50, 35], end: [67, 56, -47], ridge: 0.5, bend: 1.2),
                Row(middle: [74, 31], end: [65, 68, -46], ridge: 0.35, bend: 1.4),
                Row(middle: [98, 24], end: [61, 80, -43], ridge: 0.25, bend: 1.7),
                Row(middle: [122, 0], end: [54, 90, -40], ridge: 0.2, bend: 2),
            ]
        case .n95:
            [
                Row(middle: [12, 17], end: [40, 30, -6], ridge: 0.4, bend: 1.3),
                Row(middle: [30, 37], end: [52, 42, -16], ridge: 0.1, bend: 1.4),
                Row(middle: [52, 47], end: [57, 56, -20], ridge: 0, bend: 1.2),
                Row(middle: [74, 46], end: [57, 70, -20], ridge: 0, bend: 1.2),
                Row(middle: [98, 33], end: [50, 86, -18], ridge: 0, bend: 1.5),
                Row(middle: [117, 6], end: [36, 103, -12], ridge: 0, bend: 2),
            ]
        case .kn95:
            [
                Row(middle: [13, 19], end: [63, 34, -36], ridge: 0.8, bend: 0.75),
                Row(middle: [30, 36], end: [67, 44, -42], ridge: 0.85, bend: 1),
                Row(middle: [52, 45], end: [67, 56, -44], ridge: 0.9, bend: 1),
                Row(middle: [74, 44], end: [64, 68, -43], ridge: 0.9, bend: 1),
                Row(middle: [98, 31], end: [57, 82, -38], ridge: 0.85, bend: 1),
                Row(middle: [120, 6], end: [44, 97, -31], ridge: 0.6, bend: 1.2),
            ]
        }
    }
}
