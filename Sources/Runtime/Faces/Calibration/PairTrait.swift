import Foundation

/// What sets two faces apart from two plain ones, as far as it moves the similarities of strangers.
///
/// What spoils one of two faces hardly makes strangers more alike; what spoils both in the same way does: of two small
/// faces the network sees the same smear. So a trait says whether both faces have it, and how strongly the face has it
/// that has it least.
public struct PairTrait: Codable, Hashable, Sendable {
    /// What it is about a face.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// The person may be a child.
        ///
        /// Looked at only if both may.
        case child
        /// The face wears a mask.
        case masked
        /// The face is small in the picture.
        case small
        /// The face is dark.
        case dark
        /// The face is out of focus, or enlarged from few pixels. Not looked at where the face is small or dark, which
        /// makes it unsharp as well.
        case blurred
        /// The face is turned far to a side.
        case turned
    }

    /// What it is.
    public let kind: Kind
    /// Whether both faces have it.
    public let isShared: Bool
    /// How strongly, in ``Kind/unit``: of two faces that have it, the one that has it least.
    public let strength: Double

    /// Creates a trait from its parts.
    public init(_ kind: Kind, isShared: Bool, strength: Double) {
        (self.kind, self.isShared, self.strength) = (kind, isShared, strength)
    }

    /// The trait in one word: `masked`, `bothMasked`.
    public var name: String { isShared ? kind.sharedName : kind.rawValue }

    /// The trait in words: `one masked face`, `two people who may be children`.
    public var words: String {
        switch (kind, isShared) {
        case (.child, _): "two people who may be children"
        case (.turned, false): "one face turned far to a side"
        case (.turned, true): "two faces turned far to a side"
        case (_, false): "one \(kind.rawValue) face"
        case (_, true): "two \(kind.rawValue) faces"
        }
    }

    /// Returns a decision's condition in words: `two small faces`, `one masked face and two dark faces`, `two ordinary
    /// faces`.
    public static func words(ofCondition condition: String) -> String {
        let traits = Kind.allCases.flatMap { kind in
            [PairTrait(kind, isShared: false, strength: 0), PairTrait(kind, isShared: true, strength: 0)]
        }
        let words = condition.split(separator: "+").compactMap { name in traits.first { $0.name == name }?.words }
        return words.isEmpty ? "two ordinary faces" : words.joined(separator: " and ")
    }

    /// Returns the traits of two faces, the same whichever comes first.
    static func traits(of a: ContextVector, _ b: ContextVector) -> [PairTrait] {
        Kind.allCases.compactMap { kind in
            switch (kind.strength(of: a), kind.strength(of: b)) {
            case (let first?, let second?):
                PairTrait(kind, isShared: true, strength: kind.weaker(first, second))
            case (let only?, nil), (nil, let only?):
                kind == .child ? nil : PairTrait(kind, isShared: false, strength: only)
            case (nil, nil): nil
            }
        }
    }
}

extension PairTrait.Kind {
    /// The trait of two faces that both have it, in one word.
    public var sharedName: String {
        self == .child ? "bothChildren" : "both" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }

    /// What a strength counts, and that a face is plain from the last of ``edges`` on. For a small face, a dark and a
    /// blurred one *lower* numbers are stronger.
    public var unit: String {
        switch self {
        case .child, .masked: "probability"
        case .small: "pixels, square root of the box's area"
        case .dark: "mean luminance"
        case .blurred: "gray levels, deviation of the Laplacian"
        case .turned: "degrees"
        }
    }

    /// The ends of the ranges of strength that are calibrated by themselves, rising. Children are looked for below one half
    /// too: of every eight one is not seen as a child, and between such faces and children one threshold lets nine times as
    /// many through as stated.
    public var edges: [Double] {
        switch self {
        case .child: [0.2, 0.5, 1]
        case .masked: [0.5, 1]
        case .small: [0, 16, 20, 24, 28, 34, 42]
        case .dark: [0, 0.05, 0.1, 0.15, 0.2, 0.25]
        case .blurred: [0, 2, 3, 4, 5, 6]
        case .turned: [45, 90]
        }
    }

    /// Returns how strongly a face has the trait; `nil` if it has it not, or that is not known.
    func strength(of face: ContextVector) -> Double? {
        func below(_ value: Float) -> Double? {
            edges.last.flatMap { Double(value) < $0 ? max(Double(value), 0) : nil }
        }
        func from(_ value: Float?) -> Double? {
            value.flatMap { value in edges.first.flatMap { Double(value) >= $0 ? Double(value) : nil } }
        }
        switch self {
        case .child: return from(face.childProbability)
        case .masked: return from(face.maskProbability)
        case .small: return below(face.size)
        case .dark: return below(face.intensity)
        case .blurred:
            guard Self.small.strength(of: face) == nil, Self.dark.strength(of: face) == nil else { return nil }
            return below(face.sharpness)
        case .turned: return from(abs(face.yaw))
        }
    }

    /// Returns the strength of the face that has the trait least.
    func weaker(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .child, .masked, .turned: min(a, b)
        case .small, .dark, .blurred: max(a, b)
        }
    }

    /// Returns the range of ``edges`` that a strength lies in, from 0.
    public func range(of strength: Double) -> Int {
        let inner = edges.dropFirst().dropLast()
        return inner.firstIndex { strength < $0 }.map { $0 - 1 } ?? inner.count
    }
}

extension PairTrait.Kind {
    /// Whether lower numbers mean more of the trait.
    public var isStrongerWhenLower: Bool {
        switch self {
        case .child, .masked, .turned: false
        case .small, .dark, .blurred: true
        }
    }
}
