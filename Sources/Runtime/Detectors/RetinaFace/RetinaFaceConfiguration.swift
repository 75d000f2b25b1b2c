import Faces

/// The settings of RetinaFace.
public struct RetinaFaceConfiguration: Hashable, Codable, Sendable {
    /// The minimum confidence of a face, 0...1.
    public var minimumConfidence: Float
    /// The minimum confidence of a small face in an enlarged part of a picture, 0...1.
    public var tileConfidence: Float
    /// The minimum size of a face: the square root of its box's area, in pixels of the picture.
    public var minimumFaceSize: Float
    /// The greatest intersection over union of two boxes, 0...1.
    ///
    /// Of two that overlap more, the less confident is dropped.
    public var overlap: Float
    /// The longest side, in pixels, to which larger pictures are shrunk first.
    ///
    /// Faces then need about 20 pixels.
    public var longestSide: Int
    /// The width of the border for a second search, as a part of the picture's sides, 0...4; 0 disables the second
    /// search.
    ///
    /// If no face is found, the picture is searched again with a black border around it, because a face that fills the
    /// frame is found only with one. The longest side includes the border.
    public var border: Float
    /// The greatest part of a face's area, 0...1, that faces of higher confidence may cover before it is dropped; `nil`
    /// keeps all.
    ///
    /// It drops boxes of half a face. Among the pairs of people in 697 street scenes, none overlaps by more than 0.50;
    /// of faces found twice, the least overlap was 0.55.
    public var greatestCoverage: Float?

    /// Creates settings.
    ///
    /// The default is fast.
    public init(
        minimumConfidence: Float = 0.8, minimumFaceSize: Float = 0, overlap: Float = 0.4, longestSide: Int = 640,
        border: Float = 0.5, greatestCoverage: Float? = 0.52, tileConfidence: Float = 0.5
    ) {
        precondition(longestSide > 0, "the longest side is positive")
        precondition((0...4).contains(border), "a border is at most four times as wide as the picture")
        self.minimumConfidence = minimumConfidence
        self.minimumFaceSize = minimumFaceSize
        self.overlap = overlap
        self.longestSide = longestSide
        self.border = border
        self.greatestCoverage = greatestCoverage
        self.tileConfidence = tileConfidence
    }

    /// Creates the default settings with the confidences of a model card.
    init(_ card: ModelCard) {
        self.init()
        guard let confidences = card.confidences else { return }
        (minimumConfidence, tileConfidence) = (confidences.whole, confidences.part)
    }

    /// Twice the resolution, for small faces in large pictures; up to four times slower.
    public static let precise = RetinaFaceConfiguration(longestSide: 1280)
}
