import Augmentation
import Faces
import LikenessSupport
import Pixels

/// Alterations over the whole range from good to unusable faces, for training a measure of quality.
enum FaceDegradation {
    /// Few alterations at once, each from barely visible to very strong.
    static let policy = AugmentationPolicy([
        .init(.mask, probability: 0.12), .init(.occluder, probability: 0.12), .init(.flip, probability: 0.5),
        .init(.rotation, probability: 0.3, range: Span(-20, 20)),
        .init(.brightness, probability: 0.25, range: Span(0.3, 2.5)),
        .init(.contrast, probability: 0.25, range: Span(0.15, 1.6)),
        .init(.saturation, probability: 0.2, range: Span(0, 1.5)),
        .init(.darkness, probability: 0.2, range: Span(2, 8)), .init(.blur, probability: 0.2, range: Span(0.5, 5)),
        .init(.motion, probability: 0.15, range: Span(3, 40)),
        .init(.downscale, probability: 0.35, range: Span(1.5, 9)),
        .init(.noise, probability: 0.15, range: Span(3, 30)), .init(.jpeg, probability: 0.25, range: Span(8, 80)),
        .init(.pixelation, probability: 0.12, range: Span(2, 16)),
        .init(.posterization, probability: 0.1, range: Span(2, 8)),
    ])

    /// The share of faces with landmarks in wrong places.
    private static let misplaced: Float = 0.35

    /// Moves the landmarks and the box of some faces, as by a detector that finds them inexactly.
    ///
    /// - Parameters:
    ///   - face: The face to change.
    ///   - seed: The seed of the random numbers.
    static func misplace(_ face: inout Face, seed: UInt64) {
        var numbers = SeededGenerator(seed: seed).split(5)
        guard numbers.happens(misplaced) else { return }
        // The box's side is about 2.2 times the distance of the eyes.
        let side = (face.box.area).squareRoot()
        // All landmarks are moved together, and each a little more: by up to about a quarter of the side.
        let strength = numbers.number(in: Span(0.01, 0.12)) * side
        let shift = Point(x: numbers.normal() * strength, y: numbers.normal() * strength)
        func moved(_ place: Float, by shift: Float) -> Float { place + shift + numbers.normal() * strength * 0.4 }
        face.landmarks = face.landmarks.mapped { point in
            Point(x: moved(point.x, by: shift.x), y: moved(point.y, by: shift.y))
        }
        face.box.x += shift.x
        face.box.y += shift.y
    }
}
