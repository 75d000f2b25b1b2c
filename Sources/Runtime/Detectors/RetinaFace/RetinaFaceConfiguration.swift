/// How RetinaFace looks for faces.
public struct RetinaFaceConfiguration: Hashable, Codable, Sendable {
    /// Faces of which the network is less sure are dropped, 0...1.
    public var minimumConfidence: Float
    /// Faces whose box is smaller are dropped: the square root of its area, in pixels of the picture.
    public var minimumFaceSize: Float
    /// Of two boxes whose intersection over union is larger, the less confident is dropped, 0...1.
    public var overlap: Float
    /// Larger pictures are shrunk to this longest side first, in pixels; faces need about 20 then.
    public var longestSide: Int
    /// Where nothing is found, a second look at the picture with a border around it, in parts of its sides: a face
    /// that fills the frame is found only so; the longest side counts the border. 0 leaves it out, 4 is the most.
    public var border: Float
    /// A face that lies, by more than this part of its area, on faces of which the network is surer is dropped, 0...1: half
    /// a face is no face of its own. `nil` keeps all. Of the pairs of people in 697 street scenes none shares more than
    /// 0.50; of faces found twice the least had 0.55.
    public var greatestCoverage: Float?

    /// Creates the default is quick.
    public init(
        minimumConfidence: Float = 0.8, minimumFaceSize: Float = 0, overlap: Float = 0.4, longestSide: Int = 640,
        border: Float = 0.5, greatestCoverage: Float? = 0.52
    ) {
        precondition(longestSide > 0, "the longest side is positive")
        precondition((0...4).contains(border), "a border is at most four times as wide as the picture")
        self.minimumConfidence = minimumConfidence
        self.minimumFaceSize = minimumFaceSize
        self.overlap = overlap
        self.longestSide = longestSide
        self.border = border
        self.greatestCoverage = greatestCoverage
    }

    /// Twice the resolution, for the small faces of large pictures; up to four times slower.
    public static let precise = RetinaFaceConfiguration(longestSide: 1280)
}
