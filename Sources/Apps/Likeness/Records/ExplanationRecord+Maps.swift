public import Explanations
public import FaceNetworks
import Faces
public import LikenessRecords

extension ExplanationRecord.Map {
    /// What each cell brings.
    public init(_ cells: CellMap) { self.init(rows: CellMap.side, columns: CellMap.side, values: cells.rows) }
}

extension ExplanationRecord.Region {
    /// What one part of the face had to say.
    public init(_ share: SimilarityMap.Share) {
        self.init(region: share.region.name, share: share.support, against: share.objection, area: share.area)
    }
}

extension ExplanationRecord.Attention {
    /// What the network attends to.
    public init(_ attention: AttentionMap) {
        let side = attention.side
        self.init(
            name: attention.name, kind: attention.kind.rawValue,
            map: ExplanationRecord.Map(
                rows: side, columns: side,
                values: (0..<side).map { Array(attention.values[$0 * side..<($0 + 1) * side]) }))
    }
}
