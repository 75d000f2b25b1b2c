import Explanations
import Foundation
import Pixels
import Testing

@Suite("Drawing of maps")
struct DrawingTests {
    @Test("Equal steps of the scale look equally different, both arms alike, and end in two hues")
    func scale() {
        let values = (-10...10).map { Float($0) / 10 }
        let colors = values.map { Lab(SignedScale.color($0)) }
        let steps = zip(colors, colors.dropFirst()).map { $0.distance(to: $1) }
        // An arm has length 73.9, so a step is 7.4; bytes round by up to half of one.
        #expect(steps.allSatisfy { abs($0 - 7.4) < 1.2 }, "\(steps)")
        for (low, high) in zip(colors.prefix(10), colors.suffix(10).reversed()) {
            #expect(abs(low.lightness - high.lightness) < 1)
        }
        #expect(colors[0].b < -40 && colors[20].b > 40)
        #expect(SignedScale.color(-3) == SignedScale.color(-1) && SignedScale.color(7) == SignedScale.color(1))
    }

    @Test("Values are interpolated linearly between cells, and constant outside")
    func interpolation() {
        let grid = HeatGrid(rows: 2, columns: 2, values: [0, 1, 2, -5])
        #expect(grid.limit == 5)
        #expect(grid.value(x: 0, y: 0) == 0 && grid.value(x: 0.25, y: 0.25) == 0)
        #expect(grid.value(x: 0.5, y: 0.25) == 0.5 && grid.value(x: 1, y: 1) == -5)
    }

    @Test("A figure has a row for each face, and the width that its maps need")
    func figure() throws {
        let face = Image(width: 112, height: 112, color: Color(red: 120, green: 120, blue: 120))
        var map = CellMap()
        map.values[0] = 1
        map.values[255] = -1
        let panel = ExplanationFigure.Panel(caption: "nose 40 %", grid: map.grid, limit: 1)
        let row = ExplanationFigure.Row(
            caption: String(repeating: "long/", count: 40) + "name.jpg", face: face, panels: [panel])
        let figure = ExplanationFigure(heading: ["match", "model"], rows: [row, row], scale: ("-1", "0", "+1")).drawn()
        #expect(figure.width == 688)
        #expect(figure.height > 2 * 320)
        let wide = ExplanationFigure(
            heading: [], rows: [ExplanationFigure.Row(caption: "", face: face, panels: [panel, panel])],
            scale: ("", "", "")
        ).drawn()
        #expect(wide.width == 1024)
        let overlaid = face.overlaid(with: map.grid, limit: 1)
        func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(overlaid.pixels[(y * 112 + x) * 3..<(y * 112 + x) * 3 + 3]) }
        #expect(pixel(1, 1)[0] > pixel(1, 1)[2], "orange for")
        #expect(pixel(110, 110)[0] < pixel(110, 110)[2], "blue against")
        #expect(Set(pixel(56, 56)).count <= 2, "gray for nothing")
    }
}

/// The CIELAB values of an sRGB color (D65).
private struct Lab {
    let lightness, a, b: Double

    init(_ color: Color) {
        let linear = [color.red, color.green, color.blue].map { byte in
            let value = Double(byte) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        func part(_ red: Double, _ green: Double, _ blue: Double, _ white: Double) -> Double {
            let value = (red * linear[0] + green * linear[1] + blue * linear[2]) / white
            return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
        }
        let x = part(0.4124, 0.3576, 0.1805, 0.95047), y = part(0.2126, 0.7152, 0.0722, 1)
        let z = part(0.0193, 0.1192, 0.9505, 1.08883)
        (lightness, a, b) = (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }

    func distance(to other: Lab) -> Double {
        let parts = [lightness - other.lightness, a - other.a, b - other.b]
        return parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
