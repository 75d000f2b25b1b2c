public import Faces

/// The weight of a picture in its template.
public enum TemplateWeight: String, CaseIterable, Sendable {
    /// The same weight for all pictures.
    case equal
    /// The detector's confidence, 0...1, as in the usual evaluation scripts for IJB.
    case confidence
    /// The size of the face in the picture, in pixels, because small faces are less informative.
    case size
    /// How usable the face is, 0...1 (``/Faces/ContextVector/quality``).
    case quality

    /// Returns the weight of a face seen under these conditions; 0 if it is weighted by a quality that is unknown.
    public func weight(_ context: ContextVector) -> Double {
        switch self {
        case .equal: 1
        case .confidence: Double(context.confidence)
        case .size: Double(context.size)
        case .quality: Double(context.quality ?? 0)
        }
    }
}
