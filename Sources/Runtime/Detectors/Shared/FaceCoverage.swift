import Faces
import Pixels

extension [Face] {
    /// Returns the faces without those of which more than `limit` of the area is covered by faces of higher confidence;
    /// most confident first.
    ///
    /// A network that searches several sizes may detect half a face, or the region between two people cheek to cheek,
    /// as another face. Such a box overlaps each of the others too little to be suppressed. Faces count as the ellipses
    /// in their boxes: a small face behind a shoulder lies in the corner of a large face's box, but outside its
    /// ellipse.
    ///
    /// - Parameter limit: The greatest covered part, 0...1; `nil` keeps all.
    func withoutCovered(over limit: Float?) -> [Face] {
        guard let limit, count > 1 else { return self }
        var kept: [Face] = []
        for face in sorted(by: { $0.confidence > $1.confidence }) {
            let near = kept.filter { $0.box.intersection(face.box).area > 0 }.map { Ellipse(in: $0.box) }
            if near.isEmpty || Ellipse(in: face.box).share(coveredBy: near) <= limit { kept.append(face) }
        }
        return kept
    }
}

/// The ellipse inscribed in a box.
private struct Ellipse {
    private let x, y, across, down: Float

    init(in box: Box) {
        (x, y) = (box.center.x, box.center.y)
        (across, down) = (box.width / 2, box.height / 2)
    }

    private func contains(_ point: Point) -> Bool {
        let dx = (point.x - x) / across, dy = (point.y - y) / down
        return dx * dx + dy * dy <= 1
    }

    /// Returns the share of the ellipse that lies in any of `others`, 0...1, counted on a grid of 16 × 16 points.
    func share(coveredBy others: [Ellipse]) -> Float {
        var places = 0, covered = 0
        for row in 0..<Self.grid {
            for column in 0..<Self.grid {
                let place = Point(x: x + Self.offset(column) * across, y: y + Self.offset(row) * down)
                guard contains(place) else { continue }
                places += 1
                if others.contains(where: { $0.contains(place) }) { covered += 1 }
            }
        }
        return Float(covered) / Float(places)
    }

    private static let grid = 16

    private static func offset(_ index: Int) -> Float { (Float(index) + 0.5) / Float(grid) * 2 - 1 }
}
