import Augmentation
import LikenessSupport

/// The alterations of held-out pictures. Each is measured separately and is equally strong for all pictures.
enum AgeCopies: String, CaseIterable {
    case plain
    case size40
    case size20
    case size14
    case dark
    case blurred
    case compressed
    case masked

    /// The augmentation policy of the alteration. A face's box in the crop has about 50 pixels; a size is that of the
    /// box in pixels.
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
