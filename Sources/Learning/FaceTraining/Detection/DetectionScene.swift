import Faces
import Pixels

/// A picture to train a detector on, and all faces in it.
struct DetectionScene: Sendable, Hashable {
    /// A face that the detector should find.
    struct Target: Sendable, Hashable {
        /// The visible part of the face's box, measured from pixel edges.
        var box: Box
        /// The landmarks, measured from pixel centers; `nil` if they are not known. They may be outside the picture.
        var landmarks: Landmarks?

        /// Returns the target cut off at the edges of a part of the picture.
        func cut(to frame: Box) -> Target { Target(box: box.intersection(frame), landmarks: landmarks) }

        /// Returns the target in a scaled and moved picture.
        func moved(scale: Float, x: Float, y: Float) -> Target {
            Target(
                box: Box(
                    x: box.x * scale + x, y: box.y * scale + y, width: box.width * scale, height: box.height * scale),
                landmarks: landmarks?.mapped { point in
                    Point(x: (point.x + 0.5) * scale - 0.5 + x, y: (point.y + 0.5) * scale - 0.5 + y)
                })
        }
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
    /// The longer sides of the boxes of faces, in pixels; small ones are drawn more often.
    var sizes: ClosedRange<Float> = 6...400
    /// The largest rotation of an added face, in degrees; small ones are drawn more often.
    var rotation: Float = 45
    /// The scales at which photographs are shown.
    var scales: ClosedRange<Float> = 0.5...3
    /// The share of scenes that show a photograph with the faces in it.
    var photographs: Float = 0.4
    /// The share of scenes that show a photograph in which some of the faces are exchanged.
    var exchanged: Float = 0.24
    /// The share of scenes of crops that one face fills, from forehead to chin.
    var tight: Float = 0.18
    /// The share of these crops that show no face: otherwise, a detector learns that everything within a black margin is
    /// one.
    var faceless: Float = 0.5
    /// The share of scenes that show photographs without faces.
    var empty: Float = 0.08
    /// The share of added faces that the scene's edge may cut off.
    var cut: Float = 0.15
    /// The share of added faces on which a mask is drawn.
    var masks: Float = 0.25

    /// The least part of a face's box that must be in the scene.
    static let leastVisible: Float = 0.55
    /// The largest part of the smaller of two boxes that an added face may cover.
    static let greatestOverlap: Float = 0.15
}
