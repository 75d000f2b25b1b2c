package import Faces
import LikenessSupport

extension MatchCalibration {
    /// The thresholds of a model's card as text for people.
    package var table: String {
        var table = TextTable(columns: ["false match rate", "threshold", "false non-match rate"])
        for point in points {
            table.append([
                scientific(point.falseMatchRate), decimal(point.threshold, 4),
                decimal(point.falseNonMatchRate, 4),
            ])
        }
        let figures = points.isEmpty ? "none\n" : table.text
        return Terminal.bold("thresholds") + "\n" + figures + """
            from \(counted(impostorPairs, "impostor comparison")) of \(counted(peoplePairs, "pair")) of people \
            (\(counted(people, "person", "people")), \(counted(pictures, "picture")): \(data)); \(conditions). \(remark)

            """
    }
}
