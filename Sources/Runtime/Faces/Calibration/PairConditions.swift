import Foundation

/// The conditions under which two faces are compared: two context vectors combined, independent of their order.
///
/// The worse of the two faces usually determines how hard a comparison is, so each number is the worse face's.
public struct PairConditions: Codable, Hashable, Sendable {
    /// The greater rotation about the vertical axis, in degrees, 0...90.
    public var yaw: Double
    /// The greater rotation about the horizontal axis, in degrees, 0...90.
    public var pitch: Double
    /// The greater rotation in the image plane, in degrees, 0...180.
    public var roll: Double
    /// The darker face's mean luminance, 0...1.
    public var darkest: Double
    /// The brighter face's mean luminance, 0...1.
    public var brightest: Double
    /// The lower standard deviation of luminance, 0...0.5.
    public var contrast: Double
    /// The greater difference between the mean luminance of the two halves, 0...1.
    public var illuminationDifference: Double
    /// The greater share of underexposed pixels, 0...1.
    public var underexposed: Double
    /// The greater share of overexposed pixels, 0...1.
    public var overexposed: Double
    /// The natural logarithm of the lower sharpness, in gray levels.
    ///
    /// The sharpness counts as at least 0.1.
    public var logSharpness: Double
    /// The natural logarithm of the smaller size, in pixels.
    ///
    /// The size counts as at least 1.
    public var logSize: Double
    /// The lower detector confidence, 0...1.
    public var confidence: Double
    /// The higher mask probability, 0...1; `nil` if it is unknown for a face.
    public var masked: Double?
    /// The lower mask probability, which says whether both faces wear a mask; `nil` if it is unknown for a face.
    public var bothMasked: Double?
    /// The lower child probability, which says whether both people look like children.
    ///
    /// It is `nil` if it is unknown for one person and the other may be a child. It is not part of ``values``.
    public var bothChildren: Double?
    /// The traits of the two faces, in the order of ``PairTrait/Kind``.
    ///
    /// They are not part of ``values``.
    public var traits: [PairTrait]

    /// The names of ``values``, in their order.
    public static let names = [
        "yaw", "pitch", "roll", "darkest", "brightest", "contrast", "illuminationDifference", "underexposed",
        "overexposed", "logSharpness", "logSize", "confidence", "masked", "bothMasked",
    ]

    /// The numbers in the order of ``names``; `nil` if unknown.
    public var values: [Double?] {
        [
            yaw, pitch, roll, darkest, brightest, contrast, illuminationDifference, underexposed, overexposed,
            logSharpness, logSize, confidence, masked, bothMasked,
        ]
    }

    /// Creates conditions from their numbers.
    public init(
        yaw: Double, pitch: Double, roll: Double, darkest: Double, brightest: Double, contrast: Double,
        illuminationDifference: Double, underexposed: Double, overexposed: Double, logSharpness: Double,
        logSize: Double, confidence: Double, masked: Double?, bothMasked: Double?, bothChildren: Double? = nil,
        traits: [PairTrait] = []
    ) {
        self.yaw = yaw
        self.pitch = pitch
        self.roll = roll
        self.darkest = darkest
        self.brightest = brightest
        self.contrast = contrast
        self.illuminationDifference = illuminationDifference
        self.underexposed = underexposed
        self.overexposed = overexposed
        self.logSharpness = logSharpness
        self.logSize = logSize
        self.confidence = confidence
        self.masked = masked
        self.bothMasked = bothMasked
        self.bothChildren = bothChildren
        self.traits = traits
    }

    /// Creates the conditions of two faces.
    public init(_ a: ContextVector, _ b: ContextVector) {
        func larger(_ number: (ContextVector) -> Float) -> Double { Double(max(number(a), number(b))) }
        func smaller(_ number: (ContextVector) -> Float) -> Double { Double(min(number(a), number(b))) }
        yaw = larger { abs($0.yaw) }
        pitch = larger { abs($0.pitch) }
        roll = larger { abs($0.roll) }
        darkest = smaller(\.intensity)
        brightest = larger(\.intensity)
        contrast = smaller(\.contrast)
        illuminationDifference = larger { abs($0.illuminationDifference) }
        underexposed = larger(\.underexposed)
        overexposed = larger(\.overexposed)
        logSharpness = log(max(smaller(\.sharpness), 0.1))
        logSize = log(max(smaller(\.size), 1))
        confidence = smaller(\.confidence)
        traits = PairTrait.traits(of: a, b)
        if let first = a.maskProbability, let second = b.maskProbability {
            masked = Double(max(first, second))
            bothMasked = Double(min(first, second))
        }
        if let least = [a.childProbability, b.childProbability].compactMap(\.self).min().map(Double.init) {
            // If one person is known to be an adult, the two are not both children, whatever the other is.
            let isKnown = a.childProbability != nil && b.childProbability != nil
            bothChildren = isKnown || PairTrait.Kind.child.edges.first.map { least < $0 } ?? false ? least : nil
        }
    }

    /// Creates the conditions of two faces; `nil` if a context is unknown.
    public init?(_ a: ContextVector?, _ b: ContextVector?) {
        guard let a, let b else { return nil }
        self.init(a, b)
    }

    /// A named condition.
    public enum Label: String, Codable, CaseIterable, Sendable {
        /// One face wears a mask.
        case masked
        /// Both faces wear a mask.
        case bothMasked
        /// A face is turned 20 degrees or more to one side.
        case turned
        /// A face is dark, overexposed, or lit from one side.
        case poorlyLit
        /// A face is no sharper than one enlarged from a few pixels.
        case blurred
        /// A face is small.
        case small
    }

    /// The labels that apply, in the order of ``Label``; none for two plain faces.
    public var labels: [Label] {
        var labels: [Label] = []
        if let bothMasked, bothMasked >= 0.5 {
            labels.append(.bothMasked)
        } else if let masked, masked >= 0.5 {
            labels.append(.masked)
        }
        if yaw >= 20 { labels.append(.turned) }
        if darkest < 0.25 || underexposed >= 0.3 || overexposed >= 0.3 || illuminationDifference >= 0.3 {
            labels.append(.poorlyLit)
        }
        if logSharpness < log(8) { labels.append(.blurred) }
        if logSize < log(48) { labels.append(.small) }
        return labels
    }

    /// The labels joined by `+`, such as `masked+small`; `plain` without any.
    public var cell: String { labels.isEmpty ? Self.plain : labels.map(\.rawValue).joined(separator: "+") }

    /// The ``cell`` of two faces without labels.
    public static let plain = "plain"
}
