public import Faces

/// Who a face is, as far as a gallery can tell, and what that rests on.
public struct GalleryAnswer: Hashable, Sendable {
    /// Who it is.
    public let identification: Identification
    /// The comparison with the person it was identified as, else with the nearest one; `nil` in an empty gallery. Its
    /// probability takes the other candidates into account: see ``/Faces/MatchRule/posteriors(logRatios:people:)``.
    public let decision: MatchDecision?

    /// Creates the answer among `candidates`, nearest first: the first one whose similarity reaches the threshold that
    /// is right for the probe and the candidate's template.
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
        // One candidate of whom nothing can be said leaves the others' chances open too.
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
