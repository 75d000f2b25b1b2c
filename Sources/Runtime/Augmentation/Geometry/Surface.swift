/// A surface in space, such as cloth, glass or string: a grid of points that is seen from outside.
///
/// Its coordinates are u, −1...1 along the columns from the image's left, and v, 0...1 along the rows from the top.
struct Surface {
    let columns: Int
    let rows: Int
    /// The `columns * rows` points, row by row.
    let points: [FacePoint]
    /// The index of its material.
    let material: Int
    /// Whether it is also visible from behind.
    let isTwoSided: Bool

    /// Creates a grid whose point at u and v is given by `place`.
    init(
        columns: Int, rows: Int, material: Int, isTwoSided: Bool = false, place: (_ u: Float, _ v: Float) -> FacePoint
    ) {
        self.columns = columns
        self.rows = rows
        self.material = material
        self.isTwoSided = isTwoSided
        points = (0..<rows).flatMap { row in
            (0..<columns).map { column in
                place(Float(column) / Float(columns - 1) * 2 - 1, Float(row) / Float(rows - 1))
            }
        }
    }

    /// Creates a band of `width` millimeters along `path`, turned to the camera of `frame`; u runs along it.
    init(band path: [FacePoint], width: Float, material: Int, frame: FaceFrame) {
        let edges = path.indices.map { index -> (FacePoint, FacePoint) in
            let before = path[max(index - 1, 0)], after = path[min(index + 1, path.count - 1)]
            var side = FaceFrame.cross(after - before, frame.view)
            side *= width / 2 / max(FaceFrame.length(side), 1e-6)
            return (path[index] - side, path[index] + side)
        }
        columns = path.count
        rows = 2
        self.material = material
        isTwoSided = true
        points = edges.map(\.0) + edges.map(\.1)
    }

    /// The unit normals of the surface at its points.
    var normals: [SIMD3<Float>] {
        (0..<rows).flatMap { row in
            (0..<columns).map { column in
                let left = points[row * columns + max(column - 1, 0)]
                let right = points[row * columns + min(column + 1, columns - 1)]
                let above = points[max(row - 1, 0) * columns + column]
                let below = points[min(row + 1, rows - 1) * columns + column]
                let normal = FaceFrame.cross(right - left, below - above)
                let length = FaceFrame.length(normal)
                return length > 1e-6 ? normal / length : [0, 0, 1]
            }
        }
    }
}
