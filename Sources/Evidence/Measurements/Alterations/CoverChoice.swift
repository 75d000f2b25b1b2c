public import Augmentation
public import Foundation

/// The part of the cover designs from which covers are drawn.
public enum CoverSplit: String, CaseIterable, Sendable {
    /// The designs for training.
    case training
    /// The designs reserved for testing.
    case testing
    /// All designs.
    case all
}

/// The choice of covers drawn on faces.
public struct CoverChoice: Sendable {
    /// Whether masks of our own design are drawn.
    public var masks = false
    /// A folder of mask templates: PNG files and a `masks.cfg`.
    public var templates: URL?
    /// Whether sunglasses, hats and scarves are drawn.
    public var occluders = false
    /// The kinds of masks; empty for all kinds.
    public var kinds: [MaskStyle.Kind] = []
    /// How masks are worn; `nil` for a natural mixture.
    public var coverage: MaskStyle.Coverage?
    /// The part of the designs that is used.
    public var designs = CoverSplit.all

    /// Creates a choice without covers.
    public init() {}

    /// Whether any cover is chosen.
    public var isGiven: Bool { masks || occluders || templates != nil }

    /// The policy that draws one of the chosen covers on every face.
    public var policy: AugmentationPolicy {
        let hasMasks = masks || templates != nil
        var steps: [AugmentationPolicy.Step] = []
        if hasMasks { steps.append(.init(.mask, probability: occluders ? 0.5 : 1)) }
        if occluders { steps.append(.init(.occluder, probability: 1)) }
        return AugmentationPolicy(steps)
    }

    /// Returns the covers to draw from; all of our own designs if nothing was chosen.
    ///
    /// - Throws: `AugmentationError` if the templates can't be read.
    public func set() throws -> CoverSet {
        let isOpen = !isGiven
        var set = CoverSet()
        if masks || isOpen {
            let styles =
                switch designs {
                case .training: MaskStyle.training
                case .testing: MaskStyle.testing
                case .all: MaskStyle.all
                }
            set.styles = styles.filter { kinds.isEmpty || kinds.contains($0.kind) }
        }
        if occluders || isOpen {
            set.occluders =
                switch designs {
                case .training: Occluder.training
                case .testing: Occluder.testing
                case .all: Occluder.all
                }
        }
        if let templates {
            set.templates = try MaskTemplate.all(in: templates)
                .filter { designs == .all || $0.isKeptForTests == (designs == .testing) }
        }
        if let coverage { set.coverages = [coverage] }
        return set
    }
}
