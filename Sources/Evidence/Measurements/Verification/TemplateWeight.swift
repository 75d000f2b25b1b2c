public import Faces

/// The weight of a picture among those of its template.
public enum TemplateWeight: String, CaseIterable, Sendable {
    /// All alike.
    case equal
    /// The detector's confidence, 0...1, as the field's IJB scripts weigh.
    case confidence
    /// The face's size in the picture, in pixels: small faces say less.
    case size

    /// How much a face counts that was seen so.
    public func weight(_ context: ContextVector) -> Double {
        switch self {
        case .equal: 1
        case .confidence: Double(context.confidence)
        case .size: Double(context.size)
        }
    }
}
