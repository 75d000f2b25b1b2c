import Augmentation
import LikenessSupport

/// A method of computing a map from similarities of a face with hidden parts.
///
/// All methods need only embeddings. `Documentation/Notes/0011-explanations.md` reports how faithful each one's maps
/// are. `likeness explain` uses ``patches``.
public enum ExplanationMethod: String, Codable, Sendable, Hashable, CaseIterable {
    /// Patches of two sizes are hidden one at a time, on overlapping grids.
    ///
    /// Each cell gets the mean loss of the patches over it, divided by their number of cells.
    ///
    /// Zeiler and Fergus, *Visualizing and Understanding Convolutional Networks*, 2014, section 4.2; for pairs of faces
    /// Black et al., *Visualizing Deep Similarity Networks*, 2020.
    case patches
    /// Everything except one patch is hidden, which shows the similarity that the patch alone restores: the S1 map of
    /// Mery, *True Black-Box Explanation in Facial Analysis*, 2022.
    case revealed
    /// The mean of ``patches`` and ``revealed``, normalized to the same spread: Mery's AVG.
    case both
    /// A random half of the face is hidden.
    ///
    /// Each cell gets the mean loss with the cell hidden minus that with the cell visible (RISE: Petsiuk et al.,
    /// *Randomized Input Sampling for Explanation*, 2018, arXiv:1806.07421).
    case random

    /// The masks, one for each run of the embedder.
    public var masks: [CellMask] {
        switch self {
        case .patches: Self.smallPatches + Self.largePatches
        case .revealed: Self.largePatches.map(\.inverted) + [CellMask(hiding: 0..<CellMap.count)]
        case .both: Self.patches.masks + Self.revealed.masks
        case .random: Self.randomMasks
        }
    }

    /// Returns the map from the losses of similarity, one for each of ``masks``: positive for cells that increase the
    /// similarity, negative for those that decrease it.
    public func map(losses: [Float]) -> CellMap {
        let masks = masks
        precondition(losses.count == masks.count, "there must be a loss for each mask")
        switch self {
        case .patches:
            let small = Self.smallPatches.count
            let fine = Self.mean(of: losses[..<small], over: masks[..<small])
            let coarse = Self.mean(of: losses[small...], over: masks[small...])
            return CellMap(values: zip(fine.values, coarse.values).map { ($0 + $1) / 2 })
        case .revealed:
            // Revealing a patch restores the similarity that hiding it would lose if everything else is hidden.
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

    /// Adjacent patches of an eighth of the crop.
    private static let smallPatches = patches(side: 2, step: 2)
    /// Patches of a quarter of the crop that overlap by half.
    private static let largePatches = patches(side: 4, step: 2)

    private static func patches(side: Int, step: Int) -> [CellMask] {
        let places = Array(stride(from: 0, through: CellMap.side - side, by: step))
        return places.flatMap { row in places.map { CellMask(column: $0, row: row, side: side) } }
    }

    /// Random masks, as many as ``patches`` has. Each consists of squares of two cells, each hidden with probability
    /// one half, shifted by a random offset.
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

    /// Returns for each cell the mean loss of the patches that cover it, divided by the number of cells of a patch.
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

    /// Returns for each cell the mean loss of the masks that hide it, minus that of those that do not.
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
    /// The mask that hides exactly the visible cells of this one.
    fileprivate var inverted: CellMask { CellMask(hiding: isHidden.indices.filter { !isHidden[$0] }) }
}

extension CellMap {
    /// Returns the mean of two maps, after scaling the other one to the spread of this one.
    fileprivate func averaged(with other: CellMap) -> CellMap {
        let scale = other.spread > 0 ? spread / other.spread : 0
        return CellMap(values: zip(values, other.values).map { ($0 + $1 * scale) / 2 })
    }

    private var spread: Float {
        let mean = values.reduce(0, +) / Float(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
    }
}
