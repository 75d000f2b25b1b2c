public import Faces

/// The result of identifying a face in a gallery, with its basis.
public struct GalleryAnswer: Hashable, Sendable {
    /// The identified person, or unknown.
    public let identification: Identification
    /// The comparison with the identified person, otherwise with the nearest one; `nil` in an empty gallery.
    ///
    /// Its probability takes the other candidates into account: see ``/Faces/MatchRule/posteriors(logRatios:people:)``.
    public let decision: MatchDecision?

    /// Chooses among `candidates`, nearest first: the first whose similarity reaches the threshold for the probe and
    /// the candidate's template.
    init(_ candidates: [Candidate], of probe: EmbeddedFace, people: Int, by rule: MatchRule) {
        let conditions = candidates.map { candidate in
            candidate.template.context.map { PairConditions(probe.context, $0) }
        }
        var decisions = zip(candidates, conditions).map {
            rule.decide(similarity: $0.similarity, conditions: $1)
        }
        let ratios = candidates.indices.compactMap { place in
            rule.logLikelihoodRatio(similarity: candidates[place].similarity, conditions: conditions[place])
        }
        // If one candidate's likelihood ratio is unknown, the others' probabilities are unknown too.
        let posteriors =
            ratios.count == candidates.count ? rule.posteriors(logRatios: ratios, people: people) : nil
        decisions = decisions.indices.map { decisions[$0].with(probability: posteriors?[$0]) }
        if let found = decisions.firstIndex(where: \.isMatch) {
            identification = .identified(candidates[found])
            decision = decisions[found]
        } else {
            identification = .unknown(nearest: candidates.first)
            decision = decisions.first
        }
    }
}

extension MatchDecision {
    fileprivate func with(probability: Double?) -> MatchDecision {
        MatchDecision(
            similarity: similarity, threshold: threshold, falseMatchRate: falseMatchRate, condition: condition,
            probability: probability, remark: remark)
    }
}
