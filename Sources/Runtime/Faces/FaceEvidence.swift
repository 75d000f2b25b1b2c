import Pixels

/// What speaks for a found face being one, the right way up and well lit: a second look at its crop, turned upright by the
/// landmarks.
///
/// A detector's confidence says little: of objects that it takes for faces one in four reaches 0.7, and it finds "upright"
/// landmarks on faces that stand on their heads.
public struct FaceEvidence: Hashable, Codable, Sendable {
    /// How sure another detector is that the crop shows a face where it should, 0...1; 0 if it finds none, `nil` if
    /// there is no other detector.
    public var confirmation: Float?
    /// How much surer a detector is of the crop when it is turned by 90, 180 or 270 degrees than as it is, −1...1: an
    /// upright face has a negative number.
    ///
    /// `nil` if it finds no face in any of the four.
    public var turnedLead: Float?
    /// By how many degrees the face still leans in the crop, as another detector's landmarks have it, −180...180,
    /// positive clockwise: far from 0, the landmarks that turned the crop upright are wrong.
    ///
    /// `nil` if no other detector finds the face.
    public var residualRoll: Float?

    /// The light on the middle of the face; `nil` if it was not measured.
    public var exposure: FaceExposure?

    /// Evidence from its parts.
    public init(
        confirmation: Float?, turnedLead: Float?, residualRoll: Float? = nil, exposure: FaceExposure? = nil
    ) {
        self.confirmation = confirmation
        self.turnedLead = turnedLead
        self.residualRoll = residualRoll
        self.exposure = exposure
    }
}

extension Face {
    /// Returns the share of the face that lies outside a picture, 0...1: of the part from the brows to below the mouth
    /// and from temple to temple, as the landmarks place it.
    ///
    /// Where a landmark lies on the picture's border, at least 0.15 lies outside. A box that reaches beyond the border
    /// says less: it does so around every face that fills the frame.
    ///
    /// - Parameters:
    ///   - width: The picture's columns.
    ///   - height: The picture's rows.
    /// - Returns: 1 if the landmarks coincide.
    public func shareOutside(width: Int, height: Int) -> Float {
        guard let transform = try? transform(to: .arcface(size: 112)), transform.scale > 0 else { return 1 }
        let inPicture = transform.inverse
        let steps = 16
        var outside = 0
        for row in 0..<steps {
            for column in 0..<steps {
                let along = (Float(column) + 0.5) / Float(steps), down = (Float(row) + 0.5) / Float(steps)
                let middle = Self.middle
                let place = inPicture(
                    Point(x: middle.x + middle.width * along, y: middle.y + middle.height * down))
                if !(place.x >= -0.5 && place.y >= -0.5 && place.x <= Float(width) - 0.5
                    && place.y <= Float(height) - 0.5)
                {
                    outside += 1
                }
            }
        }
        return Float(outside) / Float(steps * steps)
    }
}
