public import Explanations
public import FaceNetworks
import Faces
public import LikenessRecords

extension ExplanationRecord.Map {
    /// Creates the record of the values of a map's cells.
    public init(_ cells: CellMap) { self.init(rows: CellMap.side, columns: CellMap.side, values: cells.rows) }
}

extension ExplanationRecord.Region {
    /// Creates the record of the share of one part of the face.
    public init(_ share: SimilarityMap.Share) {
        self.init(region: share.region.name, share: share.support, against: share.objection, area: share.area)
    }
}

extension ExplanationRecord.Attention {
    /// Creates the record of an attention map.
    public init(_ attention: AttentionMap) {
        let side = attention.side
        self.init(
            name: attention.name, kind: attention.kind.rawValue,
            map: ExplanationRecord.Map(
                rows: side, columns: side,
                values: (0..<side).map { Array(attention.values[$0 * side..<($0 + 1) * side]) }))
    }
}
