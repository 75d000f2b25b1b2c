import Explanations
import FaceNetworks
import Faces
import Foundation

/// Why two faces are as alike as they are.
struct ExplanationRecord: Encodable {
    /// Numbers on a grid over the aligned face, row by row from the top left.
    struct Map: Encodable {
        var rows: Int
        var columns: Int
        var values: [[Float]]
    }

    /// A part of the face; shares of 1.
    struct Region: Encodable {
        var region: String
        var share: Float
        var against: Float
        var area: Float

        init(_ share: SimilarityMap.Share) {
            region = share.region.name
            self.share = share.support
            against = share.objection
            area = share.area
        }
    }

    /// What the network attends to.
    struct Attention: Encodable {
        var name: String
        var kind: String
        var map: Map

        init(_ attention: AttentionMap) {
            name = attention.name
            kind = attention.kind.rawValue
            let side = attention.side
            map = Map(
                rows: side, columns: side,
                values: (0..<side).map { Array(attention.values[$0 * side..<($0 + 1) * side]) })
        }
    }

    /// One face.
    struct Side: Encodable {
        var image: String
        var faceCount: Int
        var face: FaceRecord
        var enhancement: String
        /// As of ``PictureRecord/remarks``.
        var remarks: [RemarkRecord]?
        /// The cosine similarity that is lost with each cell.
        var map: Map
        /// The most important first.
        var regions: [Region]
        /// Absent unless it was asked for.
        var attention: [Attention]?
    }

    var outcome: DecisionRecord
    var model: String
    var detector: String
    var precision: String
    /// What the maps lie over.
    var template: String
    var method: String
    var fill: String
    /// The file that was drawn; absent where none was asked for.
    var picture: String?
    var a: Side
    var b: Side

    private enum CodingKeys: String, CodingKey {
        case model, detector, precision, template, method, fill, picture, a, b
    }

    func encode(to encoder: any Encoder) throws {
        try outcome.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(detector, forKey: .detector)
        try container.encode(precision, forKey: .precision)
        try container.encode(template, forKey: .template)
        try container.encode(method, forKey: .method)
        try container.encode(fill, forKey: .fill)
        try container.encodeIfPresent(picture, forKey: .picture)
        try container.encode(a, forKey: .a)
        try container.encode(b, forKey: .b)
    }
}

extension ExplanationRecord {
    /// For people.
    var table: String {
        var lines = outcome.lines
        lines.append("model       \(model), detector \(detector), \(precision)")
        for side in [a, b] where side.faceCount > 1 {
            lines.append("\(side.image.printable): at least \(side.faceCount) faces, one was compared")
        }
        lines.append("Per cent of what spoke for the likeness; 'against' in the same measure:")
        return lines.joined(separator: "\n") + "\n" + regionTable.text
    }

    /// A row for each part of either face.
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

    /// A heading, and a row for each part of each face.
    var rows: [[String]] {
        [["image", "region", "share", "against", "area"]]
            + [a, b].flatMap { side in
                side.regions.map { [side.image, $0.region, "\($0.share)", "\($0.against)", "\($0.area)"] }
            }
    }
}
