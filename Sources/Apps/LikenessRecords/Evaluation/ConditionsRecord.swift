/// What ran, beside the figures of an evaluation.
public struct ConditionsRecord: Codable, Hashable, Sendable {
    /// Name, weights and preprocessing of the model.
    public var model: String
    /// What found the faces.
    public var detector: String
    /// The numbers in which the networks ran.
    public var precision: String
    /// What is done if no face is found: `auto`, `always` or `off`.
    public var enhancement: String
    /// Whether the mirrored face was embedded too, and the embeddings averaged.
    public var mirrored: Bool
    /// Which face stands for a picture: `center` or `largest`.
    public var face: String
    /// How many of the pictures could not be read; no figure rests on them.
    public var unreadableImages: Int
    /// Which they are; absent if all could be read.
    public var unreadable: [FailedImageRecord]?
    /// How many pairs of the list were left out because of them; absent if none was.
    public var leftOutPairs: Int?
    /// What was missing in files that could be read; absent if nothing was.
    public var remarks: [RemarkedImageRecord]?

    /// A record from its parts.
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
    /// Why, in a sentence.
    public var reason: String

    /// A record from its parts.
    public init(image: String, reason: String) {
        self.image = image
        self.reason = reason
    }
}

/// Something that was missing in a picture's file but did not keep it from being read.
public struct RemarkedImageRecord: Codable, Hashable, Sendable {
    /// The picture, as the list names it.
    public var image: String
    /// A stable name, as ``RemarkRecord/code``.
    public var code: String
    /// One sentence for people.
    public var message: String

    /// A record from its parts.
    public init(image: String, code: String, message: String) {
        self.image = image
        self.code = code
        self.message = message
    }
}
