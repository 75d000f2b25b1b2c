public import Faces
public import LikenessRecords

extension DecisionRecord {
    /// A decision, and how probable a match was before the faces were compared.
    public init(_ decision: MatchDecision, prior: Double) {
        self.init(
            similarity: decision.similarity, threshold: decision.threshold, falseMatchRate: decision.falseMatchRate,
            condition: decision.condition, match: decision.isMatch, probability: decision.probability, prior: prior,
            remark: decision.remark)
    }
}
