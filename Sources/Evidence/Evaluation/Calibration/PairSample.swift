public import Faces
import LikenessSupport

/// Comparisons for calibration, drawn from pictures of people and from altered copies of them.
///
/// Masked, dark or small copies add conditions that a collection of portraits lacks. Every combination of two kinds of
/// pictures is compared (bare with masked, masked with masked, …), each with the same number of comparisons, so that
/// rare conditions are measured as well as common ones. A picture is never compared with a copy of itself.
public struct PairSample: Sendable {
    /// A picture of a person.
    public struct Picture: Sendable {
        /// The person's name.
        public var person: String
        /// The number of the photograph, or of the photograph from which the copy was made.
        public var source: Int
        /// The kind of picture: 0 for the original photograph, positive numbers for kinds of copies.
        public var kind: Int
        /// Its face.
        public var face: EmbeddedFace

        /// Creates a picture from its parts.
        public init(person: String, source: Int, kind: Int, face: EmbeddedFace) {
            (self.person, self.source, self.kind, self.face) = (person, source, kind, face)
        }
    }

    /// The comparisons.
    public let comparisons: [ConditionedComparison]

    /// Draws comparisons.
    ///
    /// - Parameters:
    ///   - pictures: The pictures.
    ///   - impostors: The number of impostor comparisons for each combination of kinds, drawn at random.
    ///   - mated: The maximum number of mated comparisons for each combination of kinds, drawn at random.
    ///   - seed: The seed of the drawing.
    /// - Throws: ``EvaluationError/noImpostorPairs`` with fewer than two people, ``EvaluationError/noMatedPairs`` if
    ///   no one has two photographs, ``EvaluationError/calibrationFailed(_:)`` for embeddings of two models.
    public init(_ pictures: [Picture], impostors: Int, mated: Int, seed: UInt64 = 1) throws(EvaluationError) {
        guard Set(pictures.map(\.person)).count > 1 else { throw .noImpostorPairs }
        var random = SplitMix64(state: seed)
        var byKind: [Int: [Picture]] = [:]
        for picture in pictures { byKind[picture.kind, default: []].append(picture) }
        let kinds = byKind.keys.sorted()
        var comparisons: [ConditionedComparison] = []
        for (place, first) in kinds.enumerated() {
            for second in kinds[place...] {
                let (a, b) = (byKind[first] ?? [], byKind[second] ?? [])
                comparisons += try Self.impostors(a, b, count: impostors, &random)
                comparisons += try Self.mated(a, b, isOneKind: first == second, count: mated, &random)
            }
        }
        guard comparisons.contains(where: \.comparison.isMated) else { throw .noMatedPairs }
        self.comparisons = comparisons
    }

    private static func impostors(
        _ first: [Picture], _ second: [Picture], count: Int, _ random: inout SplitMix64
    ) throws(EvaluationError) -> [ConditionedComparison] {
        let people = Set(first.map(\.person)).union(second.map(\.person))
        guard people.count > 1 else { return [] }
        var drawn: [ConditionedComparison] = []
        while drawn.count < count {
            let a = first[Int.random(in: first.indices, using: &random)]
            let b = second[Int.random(in: second.indices, using: &random)]
            if a.person != b.person { drawn.append(try comparison(a, b)) }
        }
        return drawn
    }

    private static func mated(
        _ first: [Picture], _ second: [Picture], isOneKind: Bool, count: Int, _ random: inout SplitMix64
    ) throws(EvaluationError) -> [ConditionedComparison] {
        let others = Dictionary(grouping: second, by: \.person)
        var pairs: [(Picture, Picture)] = []
        for a in first {
            for b in others[a.person] ?? [] where isOneKind ? a.source < b.source : a.source != b.source {
                pairs.append((a, b))
            }
        }
        pairs.shuffle(using: &random)
        var drawn: [ConditionedComparison] = []
        for (a, b) in pairs.prefix(count) { drawn.append(try comparison(a, b)) }
        return drawn
    }

    private static func comparison(_ a: Picture, _ b: Picture) throws(EvaluationError) -> ConditionedComparison {
        guard let similarity = try? a.face.embedding.similarity(to: b.face.embedding) else {
            throw .calibrationFailed("the pictures were embedded by different models")
        }
        return ConditionedComparison(
            Comparison(
                similarity: similarity, isMated: a.person == b.person, personA: a.person, personB: b.person),
            conditions: PairConditions(a.face.context, b.face.context))
    }
}
