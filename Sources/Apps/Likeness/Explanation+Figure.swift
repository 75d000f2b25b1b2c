import FaceNetworks
import Foundation
import LikenessSupport

extension Explanation {
    /// Draws both faces with their maps and, if requested, the network's attention. All maps have the same scale:
    /// orange parts support the similarity, blue parts reduce it.
    public func figure() -> Image {
        let sides = [a, b]
        // The scale is the same for both faces, so that their colors are comparable.
        let limit = max(sides.map(\.map.cells.grid.limit).max() ?? 0, 1e-6)
        let rows = sides.map { side in
            let best = side.map.shares.prefix(3).map { "\($0.region.name) \(decimal($0.support * 100, 0)) %" }
            let map = ExplanationFigure.Panel(
                caption: best.joined(separator: ", "), grid: side.map.cells.grid, limit: limit)
            return ExplanationFigure.Row(
                caption: URL(filePath: side.picture).lastPathComponent, face: side.crop.image,
                panels: [map] + (side.attention ?? []).map(Self.panel))
        }
        let end = decimal(limit, 4)
        return ExplanationFigure(
            heading: [
                "\(decision.isMatch ? "match" : "no match"): similarity "
                    + "\(decimal(decision.similarity, 3)), \(decision.basis)",
                model.description,
            ], rows: rows,
            scale: ("against, -\(end)", "similarity lost with a cell", "for, +\(end)")
        ).drawn()
    }

    /// Creates the panel of an attention map, scaled from its least to its largest value.
    private static func panel(_ attention: AttentionMap) -> ExplanationFigure.Panel {
        let (least, most) = (attention.values.min() ?? 0, attention.values.max() ?? 0)
        let grid = HeatGrid(
            rows: attention.side, columns: attention.side, values: attention.values.map { $0 - least })
        return ExplanationFigure.Panel(
            caption: "\(attention.name): \(decimal(least, 2)) to \(decimal(most, 2))", grid: grid,
            limit: max(most - least, 1e-6))
    }
}
