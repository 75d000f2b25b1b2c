public import LikenessSupport

/// The masks and occluders that are drawn from.
public struct CoverSet: Sendable {
    /// Own mask styles; how they are worn is drawn by ``coverages``.
    public var styles: [MaskStyle]
    /// Masks from pictures.
    public var templates: [MaskTemplate]
    /// Sunglasses, hats and scarves.
    public var occluders: [Occluder]
    /// How own masks are worn, each as often as it is listed.
    public var coverages: [MaskStyle.Coverage]

    /// How people wear masks: seven of ten as they should.
    public static let usualCoverages: [MaskStyle.Coverage] = [
        .full, .full, .full, .full, .full, .full, .full, .low, .low, .underNose,
    ]

    /// Creates a set from its parts.
    public init(
        styles: [MaskStyle] = [], templates: [MaskTemplate] = [], occluders: [Occluder] = [],
        coverages: [MaskStyle.Coverage] = CoverSet.usualCoverages
    ) {
        self.styles = styles
        self.templates = templates
        self.occluders = occluders
        self.coverages = coverages
    }

    /// What networks are trained on.
    public static let training = CoverSet(styles: MaskStyle.training, occluders: Occluder.training)
    /// What is kept for tests.
    public static let testing = CoverSet(styles: MaskStyle.testing, occluders: Occluder.testing)

    /// Returns a mask: where there are templates every other one is one of them.
    ///
    /// First the kind is drawn, and then the style: a kind with many colors is not drawn more often. `nil` if the set
    /// has no mask.
    public func mask(using generator: inout SeededGenerator) -> (any FaceCover)? {
        if !templates.isEmpty, styles.isEmpty || generator.happens(0.5) { return generator.element(of: templates) }
        let present = Set(styles.map(\.kind))
        let kinds = MaskStyle.Kind.allCases.filter(present.contains)
        guard let kind = generator.element(of: kinds),
            let style = generator.element(of: styles.filter({ $0.kind == kind }))
        else { return nil }
        return style.worn(generator.element(of: coverages) ?? .full)
    }

    /// Returns an occluder, first by its kind; `nil` if the set has none.
    public func occluder(using generator: inout SeededGenerator) -> (any FaceCover)? {
        let present = Set(occluders.map(\.kind))
        let kinds = Occluder.Kind.allCases.filter(present.contains)
        return generator.element(of: kinds).flatMap { kind in
            generator.element(of: occluders.filter { $0.kind == kind })
        }
    }
}
