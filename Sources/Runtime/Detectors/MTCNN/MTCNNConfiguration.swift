import Faces

/// The settings of MTCNN.
public struct MTCNNConfiguration: Hashable, Codable, Sendable {
    /// The minimum scores of P-Net, R-Net and O-Net, 0...1 each.
    ///
    /// The last is the minimum confidence of a face.
    public var thresholds: [Float]
    /// The size of the smallest face, at least 12, in pixels of the picture after shrinking to ``longestSide``.
    ///
    /// Half the size takes four times as long.
    public var minimumFaceSize: Int
    /// The scale of each level of the pyramid relative to the one before, 0...1.
    public var factor: Double
    /// Whether P-Net sees all levels in one run, which is faster.
    ///
    /// The last row and column of a level then see one pixel beyond it, and one box in a hundred moves by more than two
    /// pixels. `false` is the original.
    public var packsLevels: Bool
    /// The longest side, in pixels, to which larger pictures are shrunk first.
    ///
    /// If `nil`, pictures are used at full size, as in the original.
    public var longestSide: Int?
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

    /// The settings of facenet-pytorch: full size, level by level, one search.
    public static let original = MTCNNConfiguration(
        packsLevels: false, longestSide: nil, border: 0, greatestCoverage: nil)

    /// Creates settings.
    ///
    /// The default has the original's thresholds and pyramid.
    public init(
        thresholds: [Float] = [0.6, 0.7, 0.7], minimumFaceSize: Int = 20, factor: Double = 0.709,
        packsLevels: Bool = true, longestSide: Int? = 1280, border: Float = 0.5, greatestCoverage: Float? = 0.52
    ) {
        precondition(thresholds.count == 3, "there are three networks")
        precondition(minimumFaceSize >= 12, "P-Net's faces have 12 pixels")
        precondition(factor > 0 && factor < 1, "each level is smaller than the one before")
        precondition(longestSide.map { $0 > 0 } ?? true, "the longest side is positive")
        precondition((0...4).contains(border), "a border is at most four times as wide as the picture")
        self.thresholds = thresholds
        self.minimumFaceSize = minimumFaceSize
        self.factor = factor
        self.packsLevels = packsLevels
        self.longestSide = longestSide
        self.border = border
        self.greatestCoverage = greatestCoverage
    }

    /// Creates the default settings with the confidence of a model card for whole pictures, which is that of O-Net.
    init(_ card: ModelCard) {
        self.init()
        if let confidences = card.confidences { thresholds[2] = confidences.whole }
    }
}
