import Faces

/// A score by which faces can be refused, with the worst face first.
public enum FaceCriterion: String, CaseIterable, Sendable {
    /// ``/Faces/ContextVector/quality``.
    case quality
    /// The limits of the enrollment gate without ``quality``, all made stricter together: the share of faces that are
    /// worse in the face's worst condition. The conditions are size, sharpness, confidence, pose, luminance,
    /// underexposure and overexposure.
    case conditions
    /// The size of the face in the picture.
    case size
    /// The sharpness.
    case sharpness
    /// The detector's confidence.
    case confidence

    /// Returns the score of each face, lower for worse faces.
    ///
    /// - Parameter contexts: The conditions of the faces.
    /// - Returns: One score for each face; `nil` if the quality of a face is unknown.
    func scores(of contexts: [ContextVector]) -> [Float]? {
        switch self {
        case .quality:
            let known = contexts.compactMap(\.quality)
            return known.count == contexts.count ? known : nil
        case .size: return contexts.map(\.size)
        case .sharpness: return contexts.map(\.sharpness)
        case .confidence: return contexts.map(\.confidence)
        case .conditions:
            let measures: [(ContextVector) -> Float] = [
                { $0.size }, { $0.sharpness }, { $0.confidence }, { -abs($0.yaw) }, { -abs($0.pitch) },
                { -abs($0.roll) }, { $0.intensity }, { -$0.intensity }, { -$0.underexposed }, { -$0.overexposed },
            ]
            let shares = measures.map { measure in Self.sharesWorse(contexts.map(measure)) }
            return contexts.indices.map { face in shares.map { $0[face] }.min() ?? 0 }
        }
    }

    /// Returns for each number the share of all numbers that are lower.
    private static func sharesWorse(_ values: [Float]) -> [Float] {
        let sorted = values.sorted()
        return values.map { value in
            var low = 0, high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle] < value { low = middle + 1 } else { high = middle }
            }
            return Float(low) / Float(max(sorted.count, 1))
        }
    }
}
