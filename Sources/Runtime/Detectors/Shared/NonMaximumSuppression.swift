import Faces
import Pixels

/// A measure of the overlap of two boxes.
enum OverlapMeasure {
    /// Intersection over union.
    case union
    /// Intersection over the smaller box: a box inside another one overlaps it completely.
    case smaller
}

/// Performs non-maximum suppression: of boxes that overlap by more than `threshold`, only the most confident is kept.
///
/// - Returns: The indices of the kept boxes, most confident first. Equal confidences keep the order of `boxes`, so the
///   result is the same on every machine.
func nonMaximumSuppression(
    _ boxes: [Box], confidences: [Float], threshold: Float, measure: OverlapMeasure = .union
) -> [Int] {
    let order = boxes.indices.sorted { (-confidences[$0], $0) < (-confidences[$1], $1) }
    var kept: [(index: Int, edges: Edges)] = []
    for index in order {
        let edges = Edges(boxes[index])
        if kept.allSatisfy({ $0.edges.overlap(with: edges, measure: measure) <= threshold }) {
            kept.append((index, edges))
        }
    }
    return kept.map(\.index)
}

/// A box in a form that makes comparing thousands of pairs fast.
private struct Edges {
    let left, top, right, bottom, area: Float

    init(_ box: Box) {
        left = box.x
        top = box.y
        right = box.x + box.width
        bottom = box.y + box.height
        area = box.area
    }

    func overlap(with other: Edges, measure: OverlapMeasure) -> Float {
        let width = min(right, other.right) - max(left, other.left)
        let height = min(bottom, other.bottom) - max(top, other.top)
        guard width > 0, height > 0 else { return 0 }
        let shared = width * height
        switch measure {
        case .union: return shared / (area + other.area - shared)
        case .smaller: return shared / min(area, other.area)
        }
    }
}

extension [Face] {
    /// Returns the faces without those whose boxes overlap more confident ones by more than `threshold`; most confident
    /// first.
    func suppressed(threshold: Float) -> [Face] {
        nonMaximumSuppression(map(\.box), confidences: map(\.confidence), threshold: threshold).map { self[$0] }
    }

    /// Returns these faces and those of `others` that overlap none of them by more than `threshold`; most confident
    /// first.
    func adding(_ others: [Face], threshold: Float) -> [Face] {
        let new = others.filter { other in allSatisfy { $0.box.overlap(with: other.box) <= threshold } }
        return (self + new).sorted { $0.confidence > $1.confidence }
    }
}
