import ArgumentParser
import Augmentation
import LikenessCommand
import LikenessSupport

/// A kind of distortion and the strengths at which it is measured: `noise`, or `noise=10,20,40`.
struct DistortionSeries: Hashable, Sendable {
    let kind: Distortion.Kind
    /// In the order in which they were given; the kind's usual ones unless given.
    let strengths: [Float]

    init(_ kind: Distortion.Kind, strengths: [Float]? = nil) {
        (self.kind, self.strengths) = (kind, strengths ?? kind.usualStrengths)
    }

    /// - Throws: `ValidationError`, which names what is wrong.
    init(text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = Distortion.Kind(rawValue: String(parts[0])) else {
            throw ValidationError("'\(parts[0])' is none of \(Self.names)")
        }
        guard parts.count == 2 else {
            self.init(kind)
            return
        }
        let strengths = try parts[1].split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let strength = Float(text), kind.accepts(strength) else {
                throw ValidationError(
                    "'\(text)' is no strength of \(kind.rawValue): give \(kind.limits.low) to \(kind.limits.high) "
                        + "(\(kind.unit))")
            }
            return strength
        }
        guard Set(strengths).count == strengths.count else {
            throw ValidationError("a strength of \(kind.rawValue) is there twice")
        }
        self.init(kind, strengths: strengths)
    }

    /// The distortions, one for each strength.
    var distortions: [Distortion] { strengths.map { Distortion(kind, strength: $0) } }

    private static var names: String { Distortion.Kind.allCases.map(\.rawValue).joined(separator: ", ") }
}

/// Which distortions are measured.
struct DistortionOptions: ParsableArguments {
    @Option(
        name: .customLong("kind"),
        help: ArgumentHelp(
            "noise, blur, jpeg, darkness, resolution or occlusion, optionally with strengths: "
                + "noise=10,20,40. May be repeated. (default: all of them)",
            valueName: "kind[=strengths]"),
        transform: DistortionSeries.init(text:))
    var kinds: [DistortionSeries] = []

    mutating func validate() throws {
        guard Set(kinds.map(\.kind)).count == kinds.count else {
            throw ValidationError("--kind names a kind once, with all its strengths")
        }
    }

    /// What was asked for, or all kinds.
    var series: [DistortionSeries] { kinds.isEmpty ? Distortion.Kind.allCases.map { DistortionSeries($0) } : kinds }
}
