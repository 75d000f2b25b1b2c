import Faces
import Pixels

/// How much two boxes have in common.
enum OverlapMeasure {
    /// Intersection over union.
    case union
    /// Intersection over the smaller box: a box inside another overlaps wholly.
    case smaller
}

extension Box {
    func overlap(with other: Box, measure: OverlapMeasure) -> Float {
        switch measure {
        case .union:
            return overlap(with: other)
        case .smaller:
            let smaller = min(area, other.area)
            return smaller > 0 ? intersection(other).area / smaller : 0
        }
    }
}

/// Keeps of boxes that overlap by more than `threshold` only the most confident one.
///
/// - Returns: The places of the kept boxes, most confident first; equal confidences keep the order of `boxes`, so the
///   result is the same on every machine.
func nonMaximumSuppression(
    _ boxes: [Box], confidences: [Float], threshold: Float, measure: OverlapMeasure = .union
) -> [Int] {
    let order = boxes.indices.sorted { (-confidences[$0], $0) < (-confidences[$1], $1) }
    var kept: [Int] = []
    for index in order
    where kept.allSatisfy({ boxes[$0].overlap(with: boxes[index], measure: measure) <= threshold }) {
        kept.append(index)
    }
    return kept
}

extension [Face] {
    /// Without the faces whose boxes overlap those of more confident ones by more than `threshold`; most confident
    /// first.
    func suppressed(threshold: Float) -> [Face] {
        nonMaximumSuppression(map(\.box), confidences: map(\.confidence), threshold: threshold).map { self[$0] }
    }
}
