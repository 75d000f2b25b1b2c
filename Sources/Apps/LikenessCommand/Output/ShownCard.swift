import Faces

/// A card as `models show` prints it: thresholds that were not measured are marked, as no command takes them for measured.
struct ShownCard: Encodable {
    let card: ModelCard

    private enum CodingKeys: String, CodingKey { case adaptiveThresholds }

    func encode(to encoder: any Encoder) throws {
        try card.encode(to: encoder)
        guard let thresholds = card.adaptiveThresholds else { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ShownThresholds(thresholds: thresholds), forKey: .adaptiveThresholds)
    }
}

/// Thresholds by condition, each with whether its rate was measured.
private struct ShownThresholds: Encodable {
    let thresholds: AdaptiveThresholds

    private enum CodingKeys: String, CodingKey { case cells }

    func encode(to encoder: any Encoder) throws {
        try thresholds.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(thresholds.cells.map(ShownCell.init), forKey: .cells)
    }
}

private struct ShownCell: Encodable {
    let cell: AdaptiveThresholds.Cell

    private enum CodingKeys: String, CodingKey { case points }

    private struct Point: Encodable {
        var falseMatchRate: Double
        var threshold: Float
        /// Whether as many false matches were seen as the rate needs; else the threshold is drawn on from others.
        var measured: Bool
    }

    func encode(to encoder: any Encoder) throws {
        try cell.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        let points = cell.points.map {
            Point(
                falseMatchRate: $0.falseMatchRate, threshold: $0.threshold,
                measured: $0.falseMatchRate >= cell.lowestRate)
        }
        try container.encode(points, forKey: .points)
    }
}
