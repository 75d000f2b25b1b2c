/// How MTCNN looks for faces.
public struct MTCNNConfiguration: Hashable, Codable, Sendable {
    /// What a place must reach in P-Net, R-Net and O-Net to go on, 0...1 each; the last is the least confidence of a
    /// face.
    public var thresholds: [Float]
    /// The smallest face that is looked for, in pixels of the picture once it is shrunk to ``longestSide``, at least
    /// 12: half of it takes four times as long.
    public var minimumFaceSize: Int
    /// The size of each level of the pyramid as a part of the one before, 0...1.
    public var factor: Double
    /// Whether P-Net sees all levels in one run, which is faster; a level's last row and column then see a pixel beyond
    /// it, and one box in a hundred moves by more than two pixels. `false` is the original.
    public var packsLevels: Bool
    /// Larger pictures are shrunk to this longest side, in pixels, first; `nil` looks at every pixel, as the original.
    public var longestSide: Int?
    /// Where nothing is found, a second look at the picture with a border around it, in parts of its sides: a face
    /// that fills the frame is found only so; the longest side counts the border. 0 leaves it out, 4 is the most.
    public var border: Float
    /// A face that lies, by more than this part of its area, on faces of which the network is surer is dropped, 0...1: half
    /// a face is no face of its own. `nil` keeps all. Of the pairs of people in 697 street scenes none shares more than
    /// 0.50; of faces found twice the least had 0.55.
    public var greatestCoverage: Float?

    /// facenet-pytorch's own settings: every pixel, level by level, one look.
    public static let original = MTCNNConfiguration(
        packsLevels: false, longestSide: nil, border: 0, greatestCoverage: nil)

    /// Creates the default has the original's thresholds and pyramid.
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
}
