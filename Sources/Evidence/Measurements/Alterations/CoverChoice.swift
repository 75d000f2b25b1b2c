public import Augmentation
public import Foundation

/// Which designs are drawn.
public enum CoverSplit: String, CaseIterable, Sendable {
    /// Those for training.
    case training
    /// Those kept for testing.
    case testing
    /// Both.
    case all
}

/// Which things are drawn on faces.
public struct CoverChoice: Sendable {
    /// Masks of our own making.
    public var masks = false
    /// A folder of PNG templates of masks and its `masks.cfg`.
    public var templates: URL?
    /// Sunglasses, hats and scarves.
    public var occluders = false
    /// Only masks of these kinds; of all if there are none.
    public var kinds: [MaskStyle.Kind] = []
    /// How masks are worn; `nil` for as people do.
    public var coverage: MaskStyle.Coverage?
    /// Which designs.
    public var designs = CoverSplit.all

    /// Nothing.
    public init() {}

    /// Whether anything is to be drawn.
    public var isGiven: Bool { masks || occluders || templates != nil }

    /// Every face gets one of the chosen things.
    public var policy: AugmentationPolicy {
        let hasMasks = masks || templates != nil
        var steps: [AugmentationPolicy.Step] = []
        if hasMasks { steps.append(.init(.mask, probability: occluders ? 0.5 : 1)) }
        if occluders { steps.append(.init(.occluder, probability: 1)) }
        return AugmentationPolicy(steps)
    }

    /// The covers to draw from; all designs of our own if nothing was chosen.
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
