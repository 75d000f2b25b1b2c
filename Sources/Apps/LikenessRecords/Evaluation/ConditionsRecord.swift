/// The conditions of an evaluation: the model and the settings used.
public struct ConditionsRecord: Codable, Hashable, Sendable {
    /// The name and the version of weights and preprocessing of the model.
    public var model: String
    /// The detector's name.
    public var detector: String
    /// The precision with which the networks ran.
    public var precision: String
    /// The setting for enhancing pictures: `auto` (only if no face is found), `off` or `clahe` (always).
    public var enhancement: String
    /// Whether the mirrored face was embedded too and the embeddings were averaged.
    public var mirrored: Bool
    /// The face that represents a picture: `center` or `largest`.
    public var face: String
    /// The number of pictures that could not be read. They are not used in any result.
    public var unreadableImages: Int
    /// The pictures that could not be read; absent if all could be read.
    public var unreadable: [FailedImageRecord]?
    /// The number of pairs left out because of unreadable pictures; absent if none were.
    public var leftOutPairs: Int?
    /// Minor defects of files that could be read; absent if there are none.
    public var remarks: [RemarkedImageRecord]?

    /// Creates a record from its parts.
    public init(
        model: String, detector: String, precision: String, enhancement: String, mirrored: Bool, face: String,
        unreadableImages: Int, unreadable: [FailedImageRecord]? = nil, leftOutPairs: Int? = nil,
        remarks: [RemarkedImageRecord]? = nil
    ) {
        self.model = model
        self.detector = detector
        self.precision = precision
        self.enhancement = enhancement
        self.mirrored = mirrored
        self.face = face
        self.unreadableImages = unreadableImages
        self.unreadable = unreadable
        self.leftOutPairs = leftOutPairs
        self.remarks = remarks
    }
}

/// A picture that could not be used.
public struct FailedImageRecord: Codable, Hashable, Sendable {
    /// The picture, as the list names it.
    public var image: String
    /// The reason, in one sentence.
    public var reason: String

    /// Creates a record from its parts.
    public init(image: String, reason: String) {
        self.image = image
        self.reason = reason
    }
}

/// A minor defect of a picture's file that didn't prevent it from being read.
public struct RemarkedImageRecord: Codable, Hashable, Sendable {
    /// The picture, as the list names it.
    public var image: String
    /// A stable code, see ``RemarkRecord/code``.
    public var code: String
    /// The message, in one sentence.
    public var message: String

    /// Creates a record from its parts.
    public init(image: String, code: String, message: String) {
        self.image = image
        self.code = code
        self.message = message
    }
}
