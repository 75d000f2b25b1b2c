public import Faces
public import Pixels

/// One face of a picture, and the conditions under which it was seen.
public struct FoundFace: Sendable, Hashable {
    /// The position of the face.
    public let face: Face
    /// The conditions under which it was seen.
    public let context: ContextVector
    /// The result of a second examination of the face; `nil` unless ``FaceFinderConfiguration/examinesFaces`` is true.
    public let evidence: FaceEvidence?
    /// The look at the picture that found the face.
    public let look: FaceLook
}

/// The faces found in one picture.
public struct FoundFaces: Sendable, Hashable {
    /// The picture's width in pixels, after its EXIF orientation was applied.
    public let width: Int
    /// The picture's height in pixels, after its EXIF orientation was applied.
    public let height: Int
    /// The number of faces the detector found. If one face is selected and it is large, small faces are not searched
    /// for.
    public let faceCount: Int
    /// The selected faces, most confident first.
    public let faces: [FoundFace]
    /// The enhancement of the picture in which the faces were found.
    public let enhancement: AppliedEnhancement
    /// Minor defects of the picture's file that didn't prevent it from being read.
    public internal(set) var remarks: [ImageRemark]
    /// The duration of each stage.
    public let durations: StageDurations
}

/// One face of a picture, with its embedding.
public struct Observation: Sendable, Hashable {
    /// The position of the face.
    public let face: Face
    /// The conditions under which it was seen.
    public let context: ContextVector
    /// The result of a second examination of the face; `nil` unless ``FaceFinderConfiguration/examinesFaces`` is true.
    public let evidence: FaceEvidence?
    /// The look at the picture that found the face.
    public let look: FaceLook
    /// The embedding of the face.
    public let embedding: Embedding
}

extension EmbeddedFace {
    /// Takes from an observation what a decision needs.
    public init(_ observation: Observation) {
        self.init(embedding: observation.embedding, context: observation.context)
    }
}

/// The faces of one picture with their embeddings.
public struct Analysis: Sendable, Hashable {
    /// The picture's width in pixels, after its EXIF orientation was applied.
    public let width: Int
    /// The picture's height in pixels, after its EXIF orientation was applied.
    public let height: Int
    /// The number of faces the detector found. If one face is selected and it is large, small faces are not searched
    /// for.
    public let faceCount: Int
    /// The selected faces, most confident first.
    public let faces: [Observation]
    /// The enhancement of the picture in which the faces were found.
    public let enhancement: AppliedEnhancement
    /// Minor defects of the picture's file that didn't prevent it from being read.
    public let remarks: [ImageRemark]
    /// The duration of each stage.
    public let durations: StageDurations
}

/// The enhancement applied to a picture before the detection that found its faces.
public enum AppliedEnhancement: String, Codable, Sendable, Hashable {
    /// No enhancement.
    case none
    /// Contrast-limited adaptive histogram equalization (CLAHE) of the luminance.
    case clahe
    /// Smoothing, then brightening of the dark parts by a gamma chosen for the picture.
    case gamma
}

/// The duration of each stage for one picture, in seconds.
public struct StageDurations: Codable, Sendable, Hashable {
    /// Reading and decoding.
    public var decode = 0.0
    /// Finding faces.
    public var detect = 0.0
    /// Cropping the faces and measuring the conditions under which they are seen.
    public var align = 0.0
    /// Embedding the faces. If the faces of several pictures were embedded together, this picture's share of that time.
    public var embed = 0.0

    /// Creates durations from the seconds of each stage.
    public init(decode: Double = 0, detect: Double = 0, align: Double = 0, embed: Double = 0) {
        self.decode = decode
        self.detect = detect
        self.align = align
        self.embed = embed
    }

    /// The sum of all stages, in seconds.
    public var total: Double { decode + detect + align + embed }
}
