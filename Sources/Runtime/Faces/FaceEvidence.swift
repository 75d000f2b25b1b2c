import Pixels

/// Evidence that a detection is a real, upright and well-lit face, from a second examination of its aligned crop.
///
/// A detector's confidence is not enough: one in four objects that it takes for faces reaches 0.7, and it finds
/// "upright" landmarks on upside-down faces.
public struct FaceEvidence: Hashable, Codable, Sendable {
    /// The confidence of a second detector that the crop shows a face at the expected place, 0...1.
    ///
    /// It is 0 if the second detector finds none, and `nil` if there is no second detector.
    public var confirmation: Float?
    /// The best confidence on the crop turned by 90, 180 or 270 degrees minus that on the crop as it is, −1...1.
    ///
    /// It is negative for an upright face, and `nil` if no face is found in any of the four.
    public var turnedLead: Float?
    /// The remaining roll of the face in the crop, in degrees, from a second detector's landmarks, −180...180, positive
    /// clockwise.
    ///
    /// If it is far from 0, the landmarks that turned the crop upright are wrong. It is `nil` if no second detector
    /// finds the face.
    public var residualRoll: Float?

    /// The light on the middle of the face; `nil` if it was not measured.
    public var exposure: FaceExposure?

    /// Creates evidence from its parts.
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
    /// Returns the share of the face that lies outside a picture, 0...1.
    ///
    /// The face is the region from the brows to below the mouth and from temple to temple, derived from the landmarks.
    /// If a landmark lies on the picture's border, at least 0.15 lies outside. A box that reaches beyond the border
    /// says less: every face that fills the frame has one.
    ///
    /// - Parameters:
    ///   - width: The picture's width, in pixels.
    ///   - height: The picture's height, in pixels.
    /// - Returns: The share; 1 if the landmarks coincide.
    public func shareOutside(width: Int, height: Int) -> Float {
        guard let transform = try? transform(to: .arcface(size: 112)) else { return 1 }
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
