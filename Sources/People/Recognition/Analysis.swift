public import Faces
public import Pixels

/// One face of a picture, and how it was seen.
public struct FoundFace: Sendable, Hashable {
    /// Where it is.
    public let face: Face
    /// How it was seen.
    public let context: ContextVector
    /// What a second look says of it; `nil` unless ``FaceFinderConfiguration/examinesFaces``.
    public let evidence: FaceEvidence?
}

/// The faces that were found in one picture.
public struct FoundFaces: Sendable, Hashable {
    /// The picture's columns, after its EXIF orientation was applied.
    public let width: Int
    /// The picture's rows, after its EXIF orientation was applied.
    public let height: Int
    /// How many faces the detector found. If one is selected and it is large, small ones are not searched for.
    public let faceCount: Int
    /// The selected faces, most confident first.
    public let faces: [FoundFace]
    /// What had been done to the picture in which the faces were found.
    public let enhancement: AppliedEnhancement
    /// What was missing in the picture's file without keeping it from being read.
    public internal(set) var remarks: [ImageRemark]
    /// How long each stage took.
    public let durations: StageDurations
}

/// One face of a picture, with its embedding.
public struct Observation: Sendable, Hashable {
    /// Where it is.
    public let face: Face
    /// How it was seen.
    public let context: ContextVector
    /// What a second look says of it; `nil` unless ``FaceFinderConfiguration/examinesFaces``.
    public let evidence: FaceEvidence?
    /// Who it looks like.
    public let embedding: Embedding
}

extension EmbeddedFace {
    /// What a decision needs of a face.
    public init(_ observation: Observation) {
        self.init(embedding: observation.embedding, context: observation.context)
    }
}

/// The faces of one picture with their embeddings.
public struct Analysis: Sendable, Hashable {
    /// The picture's columns, after its EXIF orientation was applied.
    public let width: Int
    /// The picture's rows, after its EXIF orientation was applied.
    public let height: Int
    /// How many faces the detector found. If one is selected and it is large, small ones are not searched for.
    public let faceCount: Int
    /// The selected faces, most confident first.
    public let faces: [Observation]
    /// What had been done to the picture in which the faces were found.
    public let enhancement: AppliedEnhancement
    /// What was missing in the picture's file without keeping it from being read.
    public let remarks: [ImageRemark]
    /// How long each stage took.
    public let durations: StageDurations
}

/// What was done to a picture before the look in which its faces were found.
public enum AppliedEnhancement: String, Codable, Sendable, Hashable {
    /// Nothing.
    case none
    /// Contrast limited adaptive histogram equalization of the luminance.
    case clahe
    /// Smoothed, and the dark parts raised by a gamma that suits the picture.
    case gamma
}

/// Seconds that each stage of one picture took.
public struct StageDurations: Codable, Sendable, Hashable {
    /// Reading and decoding.
    public var decode = 0.0
    /// Finding faces.
    public var detect = 0.0
    /// Cutting them out and measuring how they are seen.
    public var align = 0.0
    /// Embedding them; the share of this picture's faces where those of several pictures were embedded together.
    public var embed = 0.0

    /// The stages' seconds.
    public init(decode: Double = 0, detect: Double = 0, align: Double = 0, embed: Double = 0) {
        self.decode = decode
        self.detect = detect
        self.align = align
        self.embed = embed
    }

    /// All stages, in seconds.
    public var total: Double { decode + detect + align + embed }
}
