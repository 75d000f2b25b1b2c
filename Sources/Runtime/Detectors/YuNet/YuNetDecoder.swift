import Faces
import Foundation
import Pixels

/// Decodes YuNet's outputs at one stride: a class score, an objectness, a box and five points at each place.
struct YuNetDecoder {
    typealias Numbers = UnsafeBufferPointer<Float>

    /// The number of pixels of the input per place.
    let stride: Int
    /// The number of places in a row.
    let columns: Int
    let minimumConfidence: Float

    /// Returns the faces in the outputs, in pixels of the input.
    ///
    /// The confidence is the geometric mean of class score and objectness. The center of the box is an offset from the
    /// place and its size a logarithm, both in strides.
    func faces(
        classes: Numbers, objectness: Numbers, boxes: Numbers, points: Numbers
    ) -> [Face] {
        let least = minimumConfidence * minimumConfidence
        var faces: [Face] = []
        for place in classes.indices {
            let product = Self.clamp(classes[place]) * Self.clamp(objectness[place])
            guard product >= least else { continue }
            faces.append(face(at: place, confidence: product.squareRoot(), boxes: boxes, points: points))
        }
        return faces
    }

    private static func clamp(_ value: Float) -> Float { min(max(value, 0), 1) }

    private func face(at place: Int, confidence: Float, boxes: Numbers, points: Numbers) -> Face {
        let column = Float(place % columns), row = Float(place / columns), stride = Float(stride)
        let width = exp(boxes[place * 4 + 2]) * stride, height = exp(boxes[place * 4 + 3]) * stride
        let box = Box(
            x: (column + boxes[place * 4]) * stride - width / 2,
            y: (row + boxes[place * 4 + 1]) * stride - height / 2, width: width, height: height)
        let landmarks = (0..<5).map { index in
            Point(
                x: (column + points[place * 10 + index * 2]) * stride,
                y: (row + points[place * 10 + index * 2 + 1]) * stride)
        }
        return Face(box: box, confidence: confidence, landmarks: Landmarks(points: landmarks))
    }
}
