import Augmentation
import LikenessSupport

/// How held-out pictures are altered before they are measured; each kind by itself, as strong for every picture.
enum AgeCopies: String, CaseIterable {
    case plain
    case size40
    case size20
    case size14
    case dark
    case blurred
    case compressed
    case masked

    /// The alteration. A face has a box of about 50 pixels in the crop; a size is that of the box in pixels.
    var policy: AugmentationPolicy {
        switch self {
        case .plain: .none
        case .size40: AugmentationPolicy([.init(.downscale, probability: 1, range: Span(1.25, 1.25))])
        case .size20: AugmentationPolicy([.init(.downscale, probability: 1, range: Span(2.5, 2.5))])
        case .size14: AugmentationPolicy([.init(.downscale, probability: 1, range: Span(3.5, 3.5))])
        case .dark: AugmentationPolicy([.init(.darkness, probability: 1, range: Span(3, 3))])
        case .blurred: AugmentationPolicy([.init(.blur, probability: 1, range: Span(1.5, 1.5))])
        case .compressed: AugmentationPolicy([.init(.jpeg, probability: 1, range: Span(20, 20))])
        case .masked: AugmentationPolicy([.init(.mask, probability: 1)])
        }
    }
}
