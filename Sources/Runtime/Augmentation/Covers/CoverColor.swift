/// A color of a mask or occluder.
public enum CoverColor: String, Codable, Hashable, CaseIterable, Sendable {
    /// A named color.
    case white, lightBlue, blue, navy, teal, green, olive, yellow, beige, brown, orange, red, burgundy, pink, purple
    /// A shade between white and black.
    case lightGray, gray, charcoal, black

    /// The RGB components, 0...1.
    var rgb: SIMD3<Float> {
        switch self {
        case .white: [0.95, 0.95, 0.94]
        case .lightBlue: [0.62, 0.80, 0.92]
        case .blue: [0.23, 0.45, 0.76]
        case .navy: [0.10, 0.15, 0.32]
        case .teal: [0.25, 0.58, 0.58]
        case .green: [0.45, 0.71, 0.55]
        case .olive: [0.40, 0.42, 0.25]
        case .yellow: [0.93, 0.81, 0.34]
        case .beige: [0.85, 0.77, 0.64]
        case .brown: [0.42, 0.28, 0.19]
        case .orange: [0.88, 0.49, 0.22]
        case .red: [0.75, 0.16, 0.18]
        case .burgundy: [0.42, 0.09, 0.16]
        case .pink: [0.94, 0.68, 0.75]
        case .purple: [0.47, 0.33, 0.62]
        case .lightGray: [0.78, 0.79, 0.80]
        case .gray: [0.52, 0.53, 0.55]
        case .charcoal: [0.25, 0.26, 0.28]
        case .black: [0.09, 0.09, 0.10]
        }
    }

    /// The color of patterns that are printed on this color.
    var contrast: SIMD3<Float> { (rgb * [0.299, 0.587, 0.114]).sum() > 0.4 ? rgb * 0.45 : rgb * 0.4 + 0.58 }
}
