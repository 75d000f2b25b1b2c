import LikenessRecords
import LikenessSupport

extension ExplanationRecord {
    /// The result as text for people.
    var table: String {
        var lines = decision.lines
        lines.append("model       \(model), detector \(detector), \(precision)")
        for side in [a, b] where side.faceCount > 1 {
            lines.append("\(side.image.printable): at least \(side.faceCount) faces; one was compared")
        }
        lines.append(
            """
            Contribution of each region, in percent of all that makes the faces similar; 'against' makes them \
            different:
            """
        )
        return lines.joined(separator: "\n") + "\n" + regionTable.text
    }

    /// A row for each region that one of the faces has.
    private var regionTable: TextTable {
        var table = TextTable(columns: ["region", "a", "a against", "b", "b against"])
        let others = Dictionary(uniqueKeysWithValues: b.regions.map { ($0.region, $0) })
        let own = Set(a.regions.map(\.region))
        func percent(_ value: Float?) -> String { decimal(value.map { $0 * 100 }, 1) }
        for region in a.regions {
            let other = others[region.region]
            table.append([
                region.region, percent(region.share), percent(region.against), percent(other?.share),
                percent(other?.against),
            ])
        }
        for other in b.regions where !own.contains(other.region) {
            table.append([other.region, "-", "-", percent(other.share), percent(other.against)])
        }
        return table
    }

    /// A heading, and a row for each region of each face.
    var rows: [[String]] {
        [["image", "region", "share", "against", "area"]]
            + [a, b].flatMap { side in
                side.regions.map { [side.image, $0.region, "\($0.share)", "\($0.against)", "\($0.area)"] }
            }
    }
}
