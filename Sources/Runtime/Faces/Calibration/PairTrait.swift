import Foundation

/// A property of two faces that changes the similarities of impostors, compared with two plain faces.
///
/// A defect of one face hardly makes impostors more similar, but the same defect in both faces does: for example, a
/// network sees two small faces as the same blur. A trait therefore says whether both faces have it, and the strength
/// of the face that has it least.
public struct PairTrait: Codable, Hashable, Sendable {
    /// The kind of trait.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// The person may be a child.
        ///
        /// Considered only if both may be.
        case child
        /// The face wears a mask.
        case masked
        /// The face is small in the picture.
        case small
        /// The face is dark.
        case dark
        /// The face is out of focus, or enlarged from a few pixels.
        ///
        /// Not considered if the face is small or dark, which also makes it unsharp.
        case blurred
        /// The face is turned far to one side.
        case turned
    }

    /// The kind of trait.
    public let kind: Kind
    /// Whether both faces have the trait.
    public let isShared: Bool
    /// The strength, in ``Kind/unit``.
    ///
    /// If both faces have the trait, that of the face that has it least.
    public let strength: Double

    /// Creates a trait from its parts.
    public init(_ kind: Kind, isShared: Bool, strength: Double) {
        (self.kind, self.isShared, self.strength) = (kind, isShared, strength)
    }

    /// The name of the trait: `masked`, `bothMasked`.
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

    /// Returns the traits of two faces, independent of their order.
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
    /// The name of the trait if both faces have it.
    public var sharedName: String {
        self == .child ? "bothChildren" : "both" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }

    /// The unit of the strength.
    ///
    /// A face is plain from the last of ``edges`` on.
    ///
    /// For small, dark and blurred faces, *lower* numbers are stronger.
    public var unit: String {
        switch self {
        case .child, .masked: "probability"
        case .small: "pixels, square root of the box's area"
        case .dark: "mean luminance"
        case .blurred: "gray levels, deviation of the Laplacian"
        case .turned: "degrees"
        }
    }

    /// The ends of the ranges of strength that are calibrated separately, in increasing order.
    ///
    /// Child probabilities below one half are included: one in eight children is not recognized as a child, and between
    /// such children and others a single threshold lets nine times the stated share of impostors pass.
    public var edges: [Double] {
        switch self {
        case .child: [0.2, 0.5, 1]
        case .masked: [0.5, 1]
        case .small: [0, 13, 16, 20, 24, 28, 34, 42]
        case .dark: [0, 0.05, 0.1, 0.15, 0.2, 0.25]
        case .blurred: [0, 2, 3, 4, 5, 6]
        case .turned: [45, 90]
        }
    }

    /// Returns the strength of the trait in a face; `nil` if the face does not have it, or it is unknown.
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

    /// Returns the index of the range between two ``edges`` that contains a strength.
    public func range(of strength: Double) -> Int {
        let inner = edges.dropFirst().dropLast()
        return inner.firstIndex { strength < $0 }.map { $0 - 1 } ?? inner.count
    }
}

extension PairTrait.Kind {
    /// Whether lower numbers mean a stronger trait.
    public var isStrongerWhenLower: Bool {
        switch self {
        case .child, .masked, .turned: false
        case .small, .dark, .blurred: true
        }
    }
}
