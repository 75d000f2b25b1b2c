public import Faces
import LikenessSupport
public import Pixels

/// A face mask of our own making: what it is, how it looks and how it is worn.
///
/// ```swift
/// let masked = try MaskStyle(.surgical, color: .lightBlue).drawn(on: aligned, seed: 7)
/// ```
public struct MaskStyle: Hashable, Codable, Sendable {
    /// The mask's make.
    public enum Kind: String, Codable, Hashable, CaseIterable, Sendable {
        /// Three layers with pleats, ear loops and a wire over the nose.
        case surgical
        /// Sewn from cloth, close to the face, with a seam down the middle.
        case cloth
        /// A stiff cup with two head straps, sometimes with a valve.
        case n95
        /// A stiff mask folded along the middle, with ear loops.
        case kn95
    }

    /// What is on its cloth.
    public enum Texture: String, Codable, Hashable, CaseIterable, Sendable {
        /// Nothing.
        case plain
        /// Pleats across.
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

    /// How much of the face it covers.
    public enum Coverage: String, Codable, Hashable, CaseIterable, Sendable {
        /// From the bridge of the nose to below the chin: as it should be.
        case full
        /// From just above the tip of the nose.
        case low
        /// The nose is bare: badly worn.
        case underNose = "under-nose"
        /// Pulled down to the chin: the mouth is bare too.
        case chin
    }

    /// The mask's make.
    public var kind: Kind
    /// Its color.
    public var color: CoverColor
    /// What is on its cloth.
    public var texture: Texture
    /// How much of the face it covers.
    public var coverage: Coverage

    /// Creates a mask; worn as it should be unless told otherwise.
    public init(_ kind: Kind, color: CoverColor, texture: Texture = .plain, coverage: Coverage = .full) {
        self.kind = kind
        self.color = color
        self.texture = texture
        self.coverage = coverage
    }

    /// Returns the same mask worn in another way.
    public func worn(_ coverage: Coverage) -> MaskStyle {
        MaskStyle(kind, color: color, texture: texture, coverage: coverage)
    }
}

extension MaskStyle: FaceCover {
    /// `surgical lightBlue pleats, full`.
    public var name: String { "\(kind.rawValue) \(color.rawValue) \(texture.rawValue), \(coverage.rawValue)" }

    /// Draws the mask; its fit, folds and shade vary with the seed.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks are those of no face.
    public func drawn(on image: Image, at landmarks: Landmarks, seed: UInt64) throws -> CoveredFace {
        var generator = SeededGenerator(seed: seed)
        let canvas = try CoverCanvas(image: image, landmarks: landmarks)
        let shape = MaskShape(self, using: &generator)
        let materials = shape.materials.map { canvas.lit($0, using: &generator) }
        return canvas.drawn(
            shape.surfaces(frame: canvas.frame), materials: materials, shadow: 5, name: name, using: &generator)
    }
}
