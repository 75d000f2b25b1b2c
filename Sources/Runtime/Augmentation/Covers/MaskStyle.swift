public import Faces
import LikenessSupport
public import Pixels

/// A synthetic face mask: its kind, color, texture and coverage.
///
/// ```swift
/// let masked = try MaskStyle(.surgical, color: .lightBlue).drawn(on: aligned, seed: 7)
/// ```
public struct MaskStyle: Hashable, Codable, Sendable {
    /// A kind of mask.
    public enum Kind: String, Codable, Hashable, CaseIterable, Sendable {
        /// Three layers with pleats, ear loops and a nose wire.
        case surgical
        /// Sewn from cloth, close to the face, with a seam down the middle.
        case cloth
        /// A stiff cup with two head straps, sometimes with a valve.
        case n95
        /// A stiff mask folded along the middle, with ear loops.
        case kn95
    }

    /// The texture of the cloth.
    public enum Texture: String, Codable, Hashable, CaseIterable, Sendable {
        /// No texture.
        case plain
        /// Horizontal pleats.
        case pleats
        /// Stripes in any direction.
        case stripes
        /// Dots.
        case dots
        /// Checks.
        case checks
        /// One color at the top, another at the bottom.
        case gradient
    }

    /// The part of the face that a mask covers.
    public enum Coverage: String, Codable, Hashable, CaseIterable, Sendable {
        /// From the bridge of the nose to below the chin: worn correctly.
        case full
        /// From just above the tip of the nose.
        case low
        /// The nose is uncovered: worn incorrectly.
        case underNose = "under-nose"
        /// Pulled down to the chin: the mouth is uncovered too.
        case chin
    }

    /// The kind of mask.
    public var kind: Kind
    /// The mask's color.
    public var color: CoverColor
    /// The texture of its cloth.
    public var texture: Texture
    /// The part of the face that it covers.
    public var coverage: Coverage

    /// Creates a mask, worn correctly by default.
    public init(_ kind: Kind, color: CoverColor, texture: Texture = .plain, coverage: Coverage = .full) {
        self.kind = kind
        self.color = color
        self.texture = texture
        self.coverage = coverage
    }

    /// Returns the same mask with another coverage.
    public func worn(_ coverage: Coverage) -> MaskStyle {
        MaskStyle(kind, color: color, texture: texture, coverage: coverage)
    }
}

extension MaskStyle: FaceCover {
    /// The mask in words: `surgical lightBlue pleats, full`.
    public var name: String { "\(kind.rawValue) \(color.rawValue) \(texture.rawValue), \(coverage.rawValue)" }

    /// Draws the mask.
    ///
    /// Its fit, folds and shade depend on the seed.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    public func drawn(on image: Image, at landmarks: Landmarks, seed: UInt64) throws -> CoveredFace {
        var generator = SeededGenerator(seed: seed)
        let canvas = try CoverCanvas(image: image, landmarks: landmarks)
        let shape = MaskShape(self, using: &generator)
        let materials = shape.materials.map { canvas.lit($0, using: &generator) }
        return canvas.drawn(
            shape.surfaces(frame: canvas.frame), materials: materials, shadow: 5, name: name, using: &generator)
    }
}
