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
                .text("\(second) less \(first)"),
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
                "Both at FMR", "only \(first) is right", "only \(second) is right", "p (McNemar, exact)", "mid-p",
            ]
            blocks.append(.table(Page.Table(columns: columns, rows: rows)))
        }
        return blocks
    }

    /// A note on reading the tables.
    var note: String {
        var text =
            "p: how often chance alone would make a difference at least as large were the models equally good. McNemar's "
            + "test looks at the pairs on which only one of them is right, each at its own threshold."
        if contrast.people > 0 {
            text +=
                " In brackets: \(Words.rate(contrast.level)) intervals of the difference from drawing the "
                + "\(Words.count(contrast.people)) people \(Words.count(contrast.rounds)) times, the same for both."
        }
        return text
    }

    private static func number(_ value: Double) -> String { Words.fixed(value, 5) }

    private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Words.fixed(value, 5) }
}
