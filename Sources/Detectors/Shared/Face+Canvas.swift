import Faces
import Pixels

extension Face {
    /// The face in the picture's pixels, from the canvas's.
    func inPicture(_ image: Image, from canvas: Canvas) -> Face {
        let scale = canvas.scale(of: image)
        let left = Float(canvas.left), top = Float(canvas.top)
        return Face(
            box: Box(
                x: (box.x - left) * scale.x, y: (box.y - top) * scale.y, width: box.width * scale.x,
                height: box.height * scale.y),
            confidence: confidence,
            landmarks: landmarks.mapped { Point(x: ($0.x - left) * scale.x, y: ($0.y - top) * scale.y) })
    }
}
