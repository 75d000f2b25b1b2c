extension MaskStyle {
    /// The styles for training, worn correctly.
    public static let training: [MaskStyle] = all.filter { !$0.isKeptForTests }

    /// The styles that are reserved for tests.
    ///
    /// Networks are never trained on them.
    ///
    /// Two textures (checks, gradient) and, for each kind, some colors are in no style of ``training``. A test on these
    /// shows how well a network generalizes to new masks.
    public static let testing: [MaskStyle] = all.filter(\.isKeptForTests)

    /// All styles, worn correctly.
    public static let all: [MaskStyle] = Kind.allCases.flatMap { kind in
        textures(of: kind).flatMap { texture in
            colors(of: kind).map { MaskStyle(kind, color: $0, texture: texture) }
        }
    }

    private var isKeptForTests: Bool {
        texture == .checks || texture == .gradient || Self.testColors(of: kind).contains(color)
    }

    private static func textures(of kind: Kind) -> [Texture] {
        switch kind {
        case .surgical: [.pleats, .dots, .gradient]
        case .cloth: [.plain, .pleats, .stripes, .dots, .checks, .gradient]
        case .n95, .kn95: [.plain]
        }
    }

    private static func colors(of kind: Kind) -> [CoverColor] {
        switch kind {
        case .surgical: [.white, .lightBlue, .blue, .teal, .green, .pink, .lightGray, .purple, .black]
        case .cloth:
            [
                .white, .lightGray, .gray, .charcoal, .black, .navy, .blue, .teal, .olive, .yellow, .beige, .brown,
                .orange, .red, .burgundy, .pink, .purple,
            ]
        case .n95: [.white, .lightGray, .beige, .lightBlue]
        case .kn95: [.white, .lightGray, .black, .pink, .lightBlue, .beige]
        }
    }

    private static func testColors(of kind: Kind) -> Set<CoverColor> {
        switch kind {
        case .surgical: [.green, .purple, .blue]
        case .cloth: [.navy, .red, .olive, .yellow, .gray]
        case .n95: [.lightBlue]
        case .kn95: [.black, .beige]
        }
    }
}
