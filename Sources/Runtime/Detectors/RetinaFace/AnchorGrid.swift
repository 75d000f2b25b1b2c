import Faces
import Foundation
import Pixels

/// RetinaFace's anchors: two squares at each place of three strides, relative to which the network predicts faces.
struct AnchorGrid {
    /// The strides in pixels of the input, and the sides of their squares.
    private static let strides: [(stride: Int, sides: [Float])] = [(8, [16, 32]), (16, [64, 128]), (32, [256, 512])]
    /// The factor of center offsets; training divides the offsets by it.
    ///
    /// This factor and `sizeScale` are known as "variances".
    private static let centerScale: Float = 0.1
    private static let sizeScale: Float = 0.2

    /// One square.
    struct Anchor {
        let x, y, side: Float
    }

    /// The numbers of columns and rows of the input.
    let width, height: Int

    /// The number of anchors.
    var count: Int {
        Self.strides.reduce(0) { $0 + size(at: $1.stride).columns * size(at: $1.stride).rows * $1.sides.count }
    }

    /// Returns the numbers of columns and rows of places at a stride.
    private func size(at stride: Int) -> (columns: Int, rows: Int) {
        ((width + stride - 1) / stride, (height + stride - 1) / stride)
    }

    /// Calls `body` with each anchor's index in the network's outputs: strides, then rows, columns and sides.
    func forEach(_ body: (Int, () -> Anchor) -> Void) {
        var index = 0
        for (stride, sides) in Self.strides {
            let (columns, rows) = size(at: stride)
            for row in 0..<rows {
                for column in 0..<columns {
                    for side in sides {
                        body(index) {
                            Anchor(
                                x: (Float(column) + 0.5) * Float(stride), y: (Float(row) + 0.5) * Float(stride),
                                side: side)
                        }
                        index += 1
                    }
                }
            }
        }
    }

    /// Returns the face that the network predicts relative to `anchor`, from four numbers for its box and ten for its
    /// landmarks.
    static func face(
        from anchor: Anchor, box: Slice<UnsafeBufferPointer<Float>>, points: Slice<UnsafeBufferPointer<Float>>,
        confidence: Float
    ) -> Face {
        let step = centerScale * anchor.side, b = box.startIndex, p = points.startIndex
        let width = anchor.side * exp(box[b + 2] * sizeScale), height = anchor.side * exp(box[b + 3] * sizeScale)
        let landmarks = (0..<5).map {
            Point(x: anchor.x + points[p + $0 * 2] * step, y: anchor.y + points[p + $0 * 2 + 1] * step)
        }
        return Face(
            box: Box(
                x: anchor.x + box[b] * step - width / 2, y: anchor.y + box[b + 1] * step - height / 2, width: width,
                height: height),
            confidence: confidence, landmarks: Landmarks(points: landmarks))
    }
}
