import Faces
import Foundation
import LikenessRecords
import LikenessSupport

extension DecisionRecord {
    /// The decision as lines for people: the answer, the similarity and threshold, and the probability of a match.
    var lines: [String] {
        let rate = falseMatchRate.map { "false match rate " + String(format: "%.2g", $0) }
        let conditions = condition.map { "for \(PairTrait.words(ofCondition: $0)), " } ?? ""
        var lines = [
            Terminal.bold(match ? "match" : "no match"),
            "similarity  \(decimal(similarity, 4))",
            "threshold   \(decimal(threshold, 4)), \(conditions)\(rate ?? "false match rate unknown")",
        ]
        if let probability {
            lines.append("probability \(percentage(probability)) that it is the same person, with a prior of \(prior)")
        }
        if let remark { lines.append("remark      \(remark)") }
        return lines
    }
}
