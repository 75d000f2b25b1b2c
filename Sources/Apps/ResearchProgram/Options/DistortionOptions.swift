import ArgumentParser
import Augmentation
import LikenessCommand
import LikenessSupport

/// A kind of distortion and its strengths, such as `noise` or `noise=10,20,40`.
struct DistortionSeries: Hashable, Sendable {
    let kind: Distortion.Kind
    /// The strengths in the given order; by default, the usual ones of the kind.
    let strengths: [Float]

    init(_ kind: Distortion.Kind, strengths: [Float]? = nil) {
        (self.kind, self.strengths) = (kind, strengths ?? kind.usualStrengths)
    }

    /// Creates a series from the text of an option.
    ///
    /// - Throws: `ValidationError` if the kind or a strength is not valid.
    init(text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = Distortion.Kind(rawValue: String(parts[0])) else {
            throw ValidationError("'\(parts[0])' is not a kind of distortion: choose from \(Self.names)")
        }
        guard parts.count == 2 else {
            self.init(kind)
            return
        }
        let strengths = try parts[1].split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let strength = Float(text), kind.accepts(strength) else {
                throw ValidationError(
                    "the strength '\(text)' of \(kind.rawValue) is not valid: it must be from \(kind.limits.low) to "
                        + "\(kind.limits.high) (\(kind.unit))")
            }
            return strength
        }
        guard Set(strengths).count == strengths.count else {
            throw ValidationError("--kind \(kind.rawValue) names a strength twice")
        }
        self.init(kind, strengths: strengths)
    }

    /// One distortion for each strength.
    var distortions: [Distortion] { strengths.map { Distortion(kind, strength: $0) } }

    private static var names: String { Distortion.Kind.allCases.map(\.rawValue).joined(separator: ", ") }
}

/// The distortions to measure.
struct DistortionOptions: ParsableArguments {
    @Option(
        name: .customLong("kind"),
        help: ArgumentHelp(
            "A kind of distortion: noise, blur, jpeg, darkness, resolution or occlusion, optionally with its "
                + "strengths, such as noise=10,20,40. May be repeated. (default: all of them)",
            valueName: "kind[=strengths]"),
        transform: DistortionSeries.init(text:))
    var kinds: [DistortionSeries] = []

    mutating func validate() throws {
        guard Set(kinds.map(\.kind)).count == kinds.count else {
            throw ValidationError("--kind names a kind twice: give all its strengths together")
        }
    }

    /// The chosen distortions; by default, all kinds.
    var series: [DistortionSeries] { kinds.isEmpty ? Distortion.Kind.allCases.map { DistortionSeries($0) } : kinds }
}
