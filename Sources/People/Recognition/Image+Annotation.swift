public import Faces
public import Pixels

extension Image {
    /// A face to draw.
    public struct FaceAnnotation: Sendable, Hashable {
        /// Where it is.
        public var face: Face
        /// What stands above its box; `nil` for the detector's confidence.
        public var label: String?
        /// The color of the box and the label.
        public var color: Color

        /// A face to draw; blue where nothing is known of whose it is.
        public init(face: Face, label: String? = nil, color: Color = Color(red: 40, green: 110, blue: 230)) {
            self.face = face
            self.label = label
            self.color = color
        }
    }

    /// The picture with a box, the five landmarks and a label drawn at each face; lines and letters grow with the picture.
    public func annotated(_ faces: [FaceAnnotation]) -> Image {
        var drawn = self
        drawn.annotate(faces)
        return drawn
    }

    /// Draws what ``annotated(_:)`` draws into this picture, which need not be kept twice then.
    public mutating func annotate(_ faces: [FaceAnnotation]) {
        for annotation in faces {
            draw(annotation.face.box, color: annotation.color)
            draw(annotation.face.landmarks.points, color: annotation.color)
        }
        // Labels last, so that no box runs through a name.
        for annotation in faces {
            let label = annotation.label ?? "\((annotation.face.confidence * 100).rounded() / 100)"
            drawLabel(label, for: annotation.face.box, color: annotation.color)
        }
    }
}
