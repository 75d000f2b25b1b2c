import Augmentation
import LikenessSupport

/// How a map is found from the similarities of a face with parts of it hidden.
///
/// Every method asks nothing of the embedder but embeddings. `Documentation/Notes/0011-explanations.md` says how true the
/// maps of each are; ``patches`` is what `likeness explain` uses.
public enum ExplanationMethod: String, Codable, Sendable, Hashable, CaseIterable {
    /// Patches of two sizes are hidden, one after the other, on overlapping grids; each cell gets the mean loss of the
    /// patches over it, for each of their cells (Zeiler and Fergus, *Visualizing and Understanding Convolutional
    /// Networks*, 2014, section 4.2; for pairs of faces Black et al., *Visualizing Deep Similarity Networks*, 2020).
    case patches
    /// All but a patch is hidden: what does the patch alone bring back? The S1 map of Mery, *True Black-Box Explanation
    /// in Facial Analysis*, 2022.
    case revealed
    /// The mean of ``patches`` and ``revealed``, each brought to the same spread: Mery's AVG.
    case both
    /// Half of the face is hidden at random; each cell gets what is lost where it is hidden, less what is lost where it is
    /// not (RISE: Petsiuk et al., *Randomized Input Sampling for Explanation*, 2018, arXiv:1806.07421).
    case random

    /// What is hidden, one mask a run of the embedder.
    public var masks: [CellMask] {
        switch self {
        case .patches: Self.smallPatches + Self.largePatches
        case .revealed: Self.largePatches.map(\.inverted) + [CellMask(hiding: 0..<CellMap.count)]
        case .both: Self.patches.masks + Self.revealed.masks
        case .random: Self.randomMasks
        }
    }

    /// Returns the map from the losses of similarity, one for each of ``masks``: positive where a cell spoke for the
    /// likeness, negative where it spoke against it.
    public func map(losses: [Float]) -> CellMap {
        let masks = masks
        precondition(losses.count == masks.count, "a loss for each mask")
        switch self {
        case .patches:
            let small = Self.smallPatches.count
            let fine = Self.mean(of: losses[..<small], over: masks[..<small])
            let coarse = Self.mean(of: losses[small...], over: masks[small...])
            return CellMap(values: zip(fine.values, coarse.values).map { ($0 + $1) / 2 })
        case .revealed:
            // What a patch brings back is what its hiding, from all hidden, would lose.
            let nothing = losses[losses.count - 1]
            return Self.mean(of: losses.dropLast().map { nothing - $0 }[...], over: Self.largePatches[...])
        case .both:
            let split = Self.patches.masks.count
            let hidden = Self.patches.map(losses: Array(losses[..<split]))
            let revealed = Self.revealed.map(losses: Array(losses[split...]))
            return hidden.averaged(with: revealed)
        case .random:
            return Self.contrast(of: losses, between: masks)
        }
    }

    /// Patches of an eighth of the crop, side by side.
    private static let smallPatches = patches(side: 2, step: 2)
    /// Patches of a quarter of the crop, half overlapping.
    private static let largePatches = patches(side: 4, step: 2)

    private static func patches(side: Int, step: Int) -> [CellMask] {
        let places = Array(stride(from: 0, through: CellMap.side - side, by: step))
        return places.flatMap { row in places.map { CellMask(column: $0, row: row, side: side) } }
    }

    /// As many masks as ``patches`` has, of squares of two cells, each hidden by a coin's throw and moved by a random cell.
    private static let randomMasks: [CellMask] = {
        var random = SeededGenerator(seed: 1)
        return (0..<smallPatches.count + largePatches.count).map { _ in
            let squares = CellMap.side / 2 + 1
            let isHidden = (0..<squares * squares).map { _ in random.happens(0.5) }
            let dx = random.index(below: 2), dy = random.index(below: 2)
            return CellMask(
                hiding: (0..<CellMap.count).filter { cell in
                    let column = (cell % CellMap.side + dx) / 2, row = (cell / CellMap.side + dy) / 2
                    return isHidden[row * squares + column]
                })
        }
    }()

    /// For each cell the mean of what the patches over it lost, for each cell of a patch.
    private static func mean(of losses: ArraySlice<Float>, over patches: ArraySlice<CellMask>) -> CellMap {
        var sums = CellMap(), counts = CellMap()
        for (loss, patch) in zip(losses, patches) {
            let cells = patch.cells
            for cell in cells {
                sums.values[cell] += loss / Float(cells.count)
                counts.values[cell] += 1
            }
        }
        return CellMap(values: zip(sums.values, counts.values).map { $1 > 0 ? $0 / $1 : 0 })
    }

    /// For each cell the mean loss of the masks that hide it, less that of those that do not.
    private static func contrast(of losses: [Float], between masks: [CellMask]) -> CellMap {
        var hidden = CellMap(), shown = CellMap(), counts = CellMap()
        for (loss, mask) in zip(losses, masks) {
            for cell in 0..<CellMap.count {
                if mask.isHidden[cell] {
                    hidden.values[cell] += loss
                    counts.values[cell] += 1
                } else {
                    shown.values[cell] += loss
                }
            }
        }
        let total = Float(masks.count)
        return CellMap(
            values: (0..<CellMap.count).map { cell in
                let count = counts.values[cell]
                guard count > 0, count < total else { return 0 }
                return hidden.values[cell] / count - shown.values[cell] / (total - count)
            })
    }
}

extension CellMask {
    /// Hides what this one shows.
    fileprivate var inverted: CellMask { CellMask(hiding: isHidden.indices.filter { !isHidden[$0] }) }
}

extension CellMap {
    /// Returns the mean of two maps after the other was brought to this one's spread.
    fileprivate func averaged(with other: CellMap) -> CellMap {
        let scale = other.spread > 0 ? spread / other.spread : 0
        return CellMap(values: zip(values, other.values).map { ($0 + $1 * scale) / 2 })
    }

    private var spread: Float {
        let mean = values.reduce(0, +) / Float(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
    }
}
