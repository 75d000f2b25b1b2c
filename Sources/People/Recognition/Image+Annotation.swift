public import Faces
public import Pixels

extension Image {
    /// A face to draw.
    public struct FaceAnnotation: Sendable, Hashable {
        /// The position of the face.
        public var face: Face
        /// The text above the box; `nil` for the detector's confidence.
        public var label: String?
        /// The color of the box and the label.
        public var color: Color

        /// Creates an annotation. The default color is blue, which means that the person is unknown.
        public init(face: Face, label: String? = nil, color: Color = Color(red: 40, green: 110, blue: 230)) {
            self.face = face
            self.label = label
            self.color = color
        }
    }

    /// Returns the picture with a box, the five landmarks and a label drawn at each face. Lines and letters scale with
    /// the picture.
    public func annotated(_ faces: [FaceAnnotation]) -> Image {
        var drawn = self
        drawn.annotate(faces)
        return drawn
    }

    /// Draws the annotations of ``annotated(_:)`` into this picture, without a second copy of it.
    public mutating func annotate(_ faces: [FaceAnnotation]) {
        for annotation in faces {
            draw(annotation.face.box, color: annotation.color)
            draw(annotation.face.landmarks.points, color: annotation.color)
        }
        // Labels are drawn last, so that no box crosses a name.
        for annotation in faces {
            let label = annotation.label ?? "\((annotation.face.confidence * 100).rounded() / 100)"
            drawLabel(label, for: annotation.face.box, color: annotation.color)
        }
    }
}
