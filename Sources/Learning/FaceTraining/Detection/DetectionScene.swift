import Faces
import Pixels

/// A picture to train a detector on, and all faces in it.
struct DetectionScene: Sendable, Hashable {
    /// A face that the detector should find.
    struct Target: Sendable, Hashable {
        /// The face's box, measured from pixel edges; it may reach outside the picture.
        var box: Box
        /// The landmarks, measured from pixel centers; `nil` if they are not known.
        var landmarks: Landmarks?
    }

    /// The picture.
    var image: Image
    /// The faces.
    var faces: [Target]
}

/// The settings of composed scenes.
struct SceneSettings: Hashable, Sendable {
    /// The side of the square scenes, in pixels.
    var side = 320
    /// The largest number of faces that are added to a scene.
    var faces = 5
    /// The longer sides of the boxes of added faces, in pixels; small ones are drawn more often.
    var sizes: ClosedRange<Float> = 10...400
    /// The largest rotation of an added face, in degrees.
    var rotation: Float = 30
    /// The share of scenes that show a photograph with the faces in it.
    var photographs: Float = 0.35
    /// The share of scenes that one face fills, from forehead to chin.
    var tight: Float = 0.15
    /// The share of added faces that the scene's edge may cut off.
    var cut: Float = 0.15
    /// The share of added faces on which a mask is drawn.
    var masks: Float = 0.3

    /// The least part of a face's box that must be in the scene.
    static let leastVisible: Float = 0.6
    /// The largest part of the smaller of two boxes that an added face may cover.
    static let greatestOverlap: Float = 0.15
}
