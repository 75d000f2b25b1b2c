public import Faces
public import LikenessRecords

extension AdaptiveThresholdsRecord {
    /// Creates the record of thresholds by condition.
    ///
    /// - Parameters:
    ///   - thresholds: The thresholds.
    ///   - marksMeasured: Whether each point says if its rate was measured.
    public init(_ thresholds: AdaptiveThresholds, marksMeasured: Bool = false) {
        self.init(
            contextVersion: thresholds.contextVersion,
            cells: thresholds.cells.map { Cell($0, marksMeasured: marksMeasured) }, people: thresholds.people,
            data: thresholds.data)
    }
}

extension AdaptiveThresholdsRecord.Cell {
    fileprivate init(_ cell: AdaptiveThresholds.Cell, marksMeasured: Bool) {
        self.init(
            kind: cell.kind.rawValue, isShared: cell.isShared, low: cell.low, high: cell.high,
            impostorPairs: cell.impostorPairs, peoplePairs: cell.peoplePairs,
            lowestMeasuredRate: cell.lowestMeasuredRate,
            points: cell.points.map { point in
                AdaptiveThresholdsRecord.Point(
                    falseMatchRate: point.falseMatchRate, threshold: point.threshold,
                    measured: marksMeasured ? point.falseMatchRate >= cell.lowestRate : nil)
            })
    }
}
