import Foundation
import LikenessSupport
import Pixels

/// Light from one side: a picture gets darker toward the other side.
struct SideLight {
    /// The darkness at the dark side, in stops.
    let stops: Float
    /// The direction in which the picture gets darker, in radians from the right, clockwise.
    let angle: Float

    /// The part of the picture over which it gets dark, in its extent; little is a sharp shadow.
    let width: Float
    /// The middle of this part: 0 is the light edge, 1 the dark one.
    let middle: Float

    /// Draws light mostly from the left or right.
    init(using numbers: inout SeededGenerator) {
        stops = numbers.number(in: Span(2, 11))
        angle = (numbers.happens(0.5) ? 0 : Float.pi) + numbers.number(in: Span(-0.8, 0.8))
        width = numbers.number(in: Span(0.3, 1))
        middle = numbers.number(in: Span(0.3, 0.7))
    }

    /// The number of steps of darkness.
    private static let levels = 64
    /// The exponent between light and the numbers of a picture, near sRGB's.
    private static let gamma: Float = 2.2

    /// Returns the picture in this light.
    func applied(to picture: Image) -> Image {
        let tables = (0..<Self.levels).map { level in
            let gain = pow(2, -stops * Float(level) / Float(Self.levels - 1) / Self.gamma)
            return (0...255).map { UInt8((Float($0) * gain).rounded()) }
        }
        var lit = picture
        let (dx, dy) = (cos(angle), sin(angle))
        let reach = (abs(dx) * Float(picture.width) + abs(dy) * Float(picture.height)) / 2
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let along = (Float(x) - Float(picture.width) / 2) * dx + (Float(y) - Float(picture.height) / 2) * dy
                let place = 0.5 + along / reach * 0.5
                let share = min(max(0.5 + (place - middle) / width, 0), 1)
                // The middle changes fastest, as over a face.
                let table = tables[Int(share * share * (3 - 2 * share) * Float(Self.levels - 1))]
                for at in (y * picture.width + x) * 3..<(y * picture.width + x) * 3 + 3 {
                    lit.pixels[at] = table[Int(lit.pixels[at])]
                }
            }
        }
        return lit
    }
}
