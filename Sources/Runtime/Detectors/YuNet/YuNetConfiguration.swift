/// How YuNet looks for faces.
public struct YuNetConfiguration: Hashable, Codable, Sendable {
    /// Faces of which the network is less sure are dropped, 0...1.
    public var minimumConfidence: Float
    /// Faces whose box is smaller are dropped: the square root of its area, in pixels of the picture.
    public var minimumFaceSize: Float
    /// Of two boxes whose intersection over union is larger, the less confident is dropped, 0...1.
    public var overlap: Float
    /// Every picture is looked at with its longest side at most this, a multiple of 128 pixels; faces need about 12
    /// then.
    public var longestSide: Int
    /// Pictures half as large again as ``longestSide``, or larger, are looked at a second time with this longest side, a
    /// multiple of 128 pixels, for the smaller faces; `nil` leaves it at the first look.
    public var fineSide: Int?
    /// Where nothing is found, a last look at the picture with a border around it, in parts of its sides: a face that
    /// fills the frame is found only so; the longest side counts the border. 0 leaves it out, 4 is the most.
    public var border: Float
    /// A face that lies, by more than this part of its area, on faces of which the network is surer is dropped, 0...1: half
    /// a face is no face of its own. `nil` keeps all. Of the pairs of people in 697 street scenes none shares more than
    /// 0.50; of faces found twice the least had 0.55.
    public var greatestCoverage: Float?

    /// Creates the default finds a face in each of LFW's pictures.
    public init(
        minimumConfidence: Float = 0.6, minimumFaceSize: Float = 0, overlap: Float = 0.3, longestSide: Int = 640,
        fineSide: Int? = 1280, border: Float = 0.5, greatestCoverage: Float? = 0.52
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
    }
}
