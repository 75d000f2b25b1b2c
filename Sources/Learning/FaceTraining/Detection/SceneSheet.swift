import Faces
import Pixels

/// A picture of many scenes with their faces marked, for people to check.
enum SceneSheet {
    private static let columns = 8, rows = 5

    /// Returns the first scenes of a composer: boxes are green, landmarks red.
    static func image(of composer: SceneComposer, seed: UInt64) throws -> Image {
        let side = composer.settings.side
        var canvas = SceneCanvas(Image(width: columns * side, height: rows * side))
        for place in 0..<columns * rows {
            var scene = try composer.scene(seed: seed &+ UInt64(place))
            for face in scene.faces {
                scene.image.draw(face.box, color: .green, thickness: 1)
                if let landmarks = face.landmarks {
                    scene.image.draw(landmarks.points, color: Color(red: 255, green: 0, blue: 0), radius: 1)
                }
            }
            canvas.place(scene.image, left: place % columns * side, top: place / columns * side)
        }
        return canvas.image
    }
}
