public import LikenessSupport

/// A set of masks and occluders to draw at random.
public struct CoverSet: Sendable {
    /// The mask styles.
    ///
    /// Their coverage is drawn from ``coverages``.
    public var styles: [MaskStyle]
    /// The mask templates, made from pictures.
    public var templates: [MaskTemplate]
    /// The occluders: sunglasses, hats and scarves.
    public var occluders: [Occluder]
    /// The coverages of mask styles, each as probable as the number of times that it is listed.
    public var coverages: [MaskStyle.Coverage]

    /// The default coverages: seven of ten masks are worn correctly.
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

    /// The covers for training.
    public static let training = CoverSet(styles: MaskStyle.training, occluders: Occluder.training)
    /// The covers that are reserved for tests.
    public static let testing = CoverSet(styles: MaskStyle.testing, occluders: Occluder.testing)

    /// Returns a random mask; if there are templates, every other mask is one of them.
    ///
    /// The kind is drawn first, then the style, so that a kind with many colors is not drawn more often. The result is
    /// `nil` if the set has no masks.
    public func mask(using generator: inout SeededGenerator) -> (any FaceCover)? {
        if !templates.isEmpty, styles.isEmpty || generator.happens(0.5) { return generator.element(of: templates) }
        let present = Set(styles.map(\.kind))
        let kinds = MaskStyle.Kind.allCases.filter(present.contains)
        guard let kind = generator.element(of: kinds),
            let style = generator.element(of: styles.filter({ $0.kind == kind }))
        else { return nil }
        return style.worn(generator.element(of: coverages) ?? .full)
    }

    /// Returns a random occluder, its kind drawn first; `nil` if the set has none.
    public func occluder(using generator: inout SeededGenerator) -> (any FaceCover)? {
        let present = Set(occluders.map(\.kind))
        let kinds = Occluder.Kind.allCases.filter(present.contains)
        return generator.element(of: kinds).flatMap { kind in
            generator.element(of: occluders.filter { $0.kind == kind })
        }
    }
}
