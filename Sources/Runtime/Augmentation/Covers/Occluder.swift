public import Faces
import LikenessSupport
public import Pixels

/// An object other than a mask that hides a part of the face.
public struct Occluder: Hashable, Codable, Sendable {
    /// A kind of occluder.
    public enum Kind: String, Codable, Hashable, CaseIterable, Sendable {
        /// Dark glasses with round lenses.
        case roundSunglasses = "round-sunglasses"
        /// Dark glasses with straight-edged lenses.
        case squareSunglasses = "square-sunglasses"
        /// Dark glasses with lenses that reach down to the cheeks.
        case aviatorSunglasses = "aviator-sunglasses"
        /// A cap with a peak, down to the brows.
        case cap
        /// A woolen hat without a peak.
        case beanie
        /// A scarf over the chin and the mouth.
        case scarf
        /// A scarf up to the nose.
        case highScarf = "high-scarf"
    }

    /// The kind of occluder.
    public var kind: Kind
    /// The color; of glasses, the frame's.
    public var color: CoverColor

    /// Creates an occluder.
    public init(_ kind: Kind, color: CoverColor) {
        self.kind = kind
        self.color = color
    }

    /// The occluders for training.
    public static let training: [Occluder] = all.filter { !$0.isKeptForTests }

    /// The occluders that are reserved for tests: other kinds and other colors than in ``training``.
    public static let testing: [Occluder] = all.filter(\.isKeptForTests)

    /// All occluders.
    public static let all: [Occluder] = Kind.allCases.flatMap { kind in
        colors(of: kind).map { Occluder(kind, color: $0) }
    }

    private var isKeptForTests: Bool {
        switch kind {
        case .aviatorSunglasses, .beanie: true
        default: [.brown, .red, .teal, .purple].contains(color)
        }
    }

    private static func colors(of kind: Kind) -> [CoverColor] {
        switch kind {
        case .roundSunglasses, .squareSunglasses, .aviatorSunglasses: [.black, .charcoal, .burgundy, .brown, .red]
        case .cap: [.black, .navy, .white, .olive, .burgundy, .red, .teal]
        case .beanie, .scarf, .highScarf: [.gray, .charcoal, .navy, .beige, .burgundy, .orange, .brown, .red, .purple]
        }
    }
}

extension Occluder: FaceCover {
    /// The occluder in words: `square-sunglasses black`.
    public var name: String { "\(kind.rawValue) \(color.rawValue)" }

    /// Draws the occluder.
    ///
    /// Its fit, folds and shade depend on the seed.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    public func drawn(on image: Image, at landmarks: Landmarks, seed: UInt64) throws -> CoveredFace {
        var generator = SeededGenerator(seed: seed)
        let canvas = try CoverCanvas(image: image, landmarks: landmarks)
        let shape = OccluderShape(self, using: &generator)
        let materials = shape.materials.map { canvas.lit($0, using: &generator) }
        return canvas.drawn(
            shape.surfaces(frame: canvas.frame), materials: materials, shadow: shape.shadow, name: name,
            using: &generator)
    }
}
