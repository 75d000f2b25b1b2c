public import Evaluation

/// A comparison of two models on the same pairs.
public struct ModelContrast: Sendable {
    /// The first model's name.
    public var first: String
    /// The second model's name.
    public var second: String
    /// The comparison.
    public var contrast: SystemContrast

    /// Creates a comparison of two named models.
    public init(first: String, second: String, contrast: SystemContrast) {
        (self.first, self.second, self.contrast) = (first, second, contrast)
    }

    /// The tables of the differences.
    var blocks: [Page.Block] {
        var blocks: [Page.Block] = []
        if !contrast.differences.isEmpty {
            let rows = contrast.differences.map { difference in
                [
                    difference.statistic, Self.number(difference.first), Self.number(difference.second),
                    "\(Self.signed(difference.difference)) (\(Self.signed(difference.interval.low)) – "
                        + "\(Self.signed(difference.interval.high)))", Words.chance(difference.p),
                ]
            }
            blocks += [
                .text("\(second) minus \(first)"),
                .table(Page.Table(columns: ["Figure", first, second, "difference", "p"], rows: rows)),
            ]
        }
        if !contrast.decisions.isEmpty {
            let rows = contrast.decisions.map { decision in
                [
                    Words.rate(decision.falseMatchRate), Words.count(decision.mcNemar.onlyFirstRight),
                    Words.count(decision.mcNemar.onlySecondRight), Words.chance(decision.mcNemar.exactP),
                    Words.chance(decision.mcNemar.midP),
                ]
            }
            let columns = [
                "Both at FMR", "only \(first) is correct", "only \(second) is correct", "p (McNemar, exact)", "mid-p",
            ]
            blocks.append(.table(Page.Table(columns: columns, rows: rows)))
        }
        return blocks
    }

    /// A note that explains the tables.
    var note: String {
        var text =
            "p: the probability of a difference at least as large if the models are equally good. McNemar's "
            + "test uses the pairs on which only one of them is correct, each at its own threshold."
        if contrast.people > 0 {
            text +=
                " In brackets: \(Words.rate(contrast.level)) intervals of the difference from resampling the "
                + "\(Words.count(contrast.people)) people \(Words.count(contrast.rounds)) times, in the same way for "
                + "both."
        }
        return text
    }

    private static func number(_ value: Double) -> String { Words.fixed(value, 5) }

    private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Words.fixed(value, 5) }
}
