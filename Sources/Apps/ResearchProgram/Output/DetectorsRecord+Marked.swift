import LikenessCommand
import LikenessSupport
import Measurements

extension MarkedFaceFigures {
    /// The numbers of false boxes per picture for which the recall is reported; `nil` for all boxes.
    static let reported: [Double?] = [0.1, 0.25, 0.5, 1, 2, nil]
    /// The ranges of the faces' sizes for which the recall is reported, in pixels.
    static let sizes: [Range<Float>] = [
        0..<12, 12..<20, 20..<32, 32..<64, 64..<Float.infinity, 20..<Float.infinity,
    ]
    /// The number of false boxes per picture at which the sizes are compared.
    static let usual = 1.0

    /// The figures of every reported number of false boxes.
    var curve: [Point] { Self.reported.map { point(falsePerPicture: $0) } }

    /// The figures of every reported range of sizes.
    var bySize: [(sizes: Range<Float>, point: Point)] {
        Self.sizes.map { ($0, point(falsePerPicture: Self.usual, sizes: $0)) }
    }
}

extension DetectorsRecord {
    /// The columns for marked faces.
    static let markedHeading =
        MarkedFaceFigures.reported.map { "recall at \($0.map { decimal(Float($0), 2) } ?? "all")" } + ["false boxes"]

    /// The fields of these columns.
    static func markedFields(_ figures: MarkedFaceFigures) -> [String] {
        let curve = figures.curve
        return curve.map { percent($0.recall.share) } + [decimal(Float(curve.last?.falsePerPicture ?? 0), 2)]
    }

    /// The figures of one detector as a table for people.
    static func curve(of detector: String, _ figures: MarkedFaceFigures) -> String {
        var table = TextTable(columns: ["\(detector): false boxes per picture", "face size", "faces", "recall", "95 %"])
        func add(_ point: MarkedFaceFigures.Point, _ sizes: String) {
            let recall = point.recall
            table.append([
                decimal(Float(point.falsePerPicture), 2), sizes, "\(recall.faces)", percent(recall.share),
                "\(percent(recall.low)) to \(percent(recall.high))",
            ])
        }
        for point in figures.curve { add(point, "all") }
        for (sizes, point) in figures.bySize {
            add(
                point,
                sizes.upperBound.isFinite
                    ? "\(Int(sizes.lowerBound)) to \(Int(sizes.upperBound))" : "from \(Int(sizes.lowerBound))")
        }
        return "\n" + table.text
    }

    private static func percent(_ share: Double) -> String { decimal(Float(share * 100), 1) + " %" }
}
