import Faces
import Foundation
import LikenessRecords
import LikenessSupport

extension DecisionRecord {
    /// The decision for people: what it is, what it rests on, and how probable a match is at the prior.
    var lines: [String] {
        let rate = falseMatchRate.map { "false match rate " + significant($0, 2) }
        let conditions = condition.map { "for \(PairTrait.words(ofCondition: $0)), " } ?? ""
        var lines = [
            Terminal.bold(match ? "match" : "no match"),
            "similarity  \(decimal(similarity, 4))",
            "threshold   \(decimal(threshold, 4)), \(conditions)\(rate ?? "false match rate unknown")",
        ]
        if let probability {
            lines.append("probability \(percentage(probability)) that it is one person, at a prior of \(prior)")
        }
        if let remark { lines.append("remark      \(remark)") }
        return lines
    }
}
