import Faces

/// The settings of YuNet.
public struct YuNetConfiguration: Hashable, Codable, Sendable {
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
    /// The longest side of the first search, a multiple of 128 pixels.
    ///
    /// Faces then need about 12 pixels.
    public var longestSide: Int
    /// The longest side of the fine search for smaller faces, a multiple of 128 pixels; `nil` for none.
    ///
    /// It is done for pictures at least 1.5 times as large as ``longestSide``.
    public var fineSide: Int?
    /// The width of the border for a last search, as a part of the picture's sides, 0...4; 0 disables the last search.
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

    /// The confidence from which a face that was found at once is upright, 0...1.
    ///
    /// YuNet is less confident of faces that lie on their side or stand on their head.
    public var uprightConfidence: Float

    /// Creates settings.
    ///
    /// The default finds a face in each of LFW's pictures.
    public init(
        minimumConfidence: Float = 0.6, minimumFaceSize: Float = 0, overlap: Float = 0.3, longestSide: Int = 640,
        fineSide: Int? = 1280, border: Float = 0.5, greatestCoverage: Float? = 0.52, tileConfidence: Float = 0.58,
        uprightConfidence: Float = 0.9
    ) {
        precondition(longestSide > 0 && longestSide % 128 == 0, "the longest side is a multiple of 128")
        precondition(fineSide.map { $0 > longestSide && $0 % 128 == 0 } ?? true, "the fine side is larger")
        precondition((0...4).contains(border), "a border is at most four times as wide as the picture")
        self.minimumConfidence = minimumConfidence
        self.minimumFaceSize = minimumFaceSize
        self.overlap = overlap
        self.longestSide = longestSide
        self.fineSide = fineSide
        self.border = border
        self.greatestCoverage = greatestCoverage
        self.tileConfidence = tileConfidence
        self.uprightConfidence = uprightConfidence
    }

    /// Creates the default settings with the confidences of a model card.
    init(_ card: ModelCard) {
        self.init()
        guard let confidences = card.confidences else { return }
        minimumConfidence = confidences.whole
        tileConfidence = confidences.part
        uprightConfidence = confidences.upright ?? uprightConfidence
    }
}
