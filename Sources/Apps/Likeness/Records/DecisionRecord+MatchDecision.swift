public import Faces
public import LikenessRecords

extension DecisionRecord {
    /// Creates the record of a decision and of its prior probability, 0 to 1.
    public init(_ decision: MatchDecision, prior: Double) {
        self.init(
            similarity: decision.similarity, threshold: decision.threshold, falseMatchRate: decision.falseMatchRate,
            condition: decision.condition, match: decision.isMatch, probability: decision.probability, prior: prior,
            remark: decision.remark)
    }
}
