import Augmentation
public import Faces
import LikenessSupport

/// A control of equal area for a map's most important part.
public enum TruthControl: String, Codable, Sendable, Hashable, CaseIterable {
    /// Random cells of the face.
    case cells
    /// Connected patches of the face at the maxima of smooth noise, as large and round as those of a map.
    case blobs
    /// The most important part of another face's map.
    ///
    /// It shows where faces generally differ, but nothing specific to this face.
    case otherFace
}

/// The losses of one face when the most important part of its map is hidden, compared with other parts.
public struct TruthTrial: Hashable, Sendable {
    /// The losses of similarity with one fill.
    public struct Losses: Hashable, Sendable {
        /// The loss if the map's most important part is hidden.
        public var map: Float
        /// The loss if a control's part is hidden; the mean of its draws.
        public var controls: [TruthControl: Float]
    }

    /// The similarities if more and more of the face is hidden, from nothing to everything in
    /// ``TruthTest/deletionSteps`` steps.
    public struct Deletion: Hashable, Sendable {
        /// The fill of hidden parts, which differs from the map's own fill.
        public var fill: HidingFill
        /// The similarities if the most important cells are hidden first.
        public var map: [Float]
        /// The similarities in a random order.
        public var random: [Float]
    }

    /// The person in the picture; pairs of one person are not independent.
    public let person: String
    /// The similarity of the whole faces.
    public let similarity: Float
    /// The losses by fill.
    public let losses: [HidingFill: Losses]
    /// The results of hiding more and more of the face.
    public let deletion: Deletion
}

/// A test of whether maps are faithful: whether hiding the parts that they mark as important loses more similarity than
/// hiding other parts.
///
/// It is the deletion test of Petsiuk et al. (RISE, 2018) and "hide the top" of Mery (2022). The controls have equal
/// area and are on the face itself, because with controls on the background every map would seem good.
public struct TruthTest: Sendable {
    /// The explainer that computes the maps, and embeds the faces with hidden parts.
    public let explainer: Explainer
    /// The hidden share of the face's cells, 0...1.
    public let share: Float
    /// The number of random masks of each kind per face.
    public let draws: Int
    /// The seed of the random masks.
    public let seed: UInt64

    /// The number of steps of deletion.
    public static let deletionSteps = 10

    /// Creates a test of the maps of `explainer`.
    public init(_ explainer: Explainer, share: Float = 0.2, draws: Int = 2, seed: UInt64 = 1) {
        precondition(
            share > 0 && share < 1 && draws > 0,
            "the share must be between 0 and 1, and there must be at "
                + "least one draw")
        self.explainer = explainer
        self.share = share
        self.draws = draws
        self.seed = seed
    }

    /// Tests one map.
    ///
    /// - Parameters:
    ///   - map: The map of `face`.
    ///   - face: The face, of which parts are hidden.
    ///   - other: The embedding with which the face is compared.
    ///   - foreign: The map of another face; `nil` leaves that control out.
    ///   - person: The person in the picture.
    ///   - index: The number of the trial. Each trial has its own random masks, independent of earlier trials.
    /// - Throws: Errors of the embedder.
    public func trial(
        of map: SimilarityMap, _ face: HidableFace, against other: Embedding, foreign: CellMap?, person: String,
        index: Int
    ) async throws -> TruthTrial {
        let masks = HiddenParts(map, foreign: foreign, test: self, random: SeededGenerator(seed: seed).split(index))
        let deletionFill = HidingFill.allCases.first { $0 != explainer.fill } ?? explainer.fill
        var faces = [face.face]
        for fill in HidingFill.allCases { faces += masks.parts.map { face.hiding($0.mask, with: fill) } }
        faces += masks.deletion.map { face.hiding($0, with: deletionFill) }
        let similarities = try await explainer.embedder.embeddings(of: faces).map { try $0.similarity(to: other) }
        var rest = similarities.dropFirst()
        var losses: [HidingFill: TruthTrial.Losses] = [:]
        for fill in HidingFill.allCases {
            losses[fill] = masks.losses(rest.prefix(masks.parts.count).map { similarities[0] - $0 })
            rest = rest.dropFirst(masks.parts.count)
        }
        let (between, all) = (Self.deletionSteps - 1, similarities[similarities.count - 1])
        return TruthTrial(
            person: person, similarity: similarities[0], losses: losses,
            deletion: TruthTrial.Deletion(
                fill: deletionFill, map: [similarities[0]] + rest.prefix(between) + [all],
                random: [similarities[0]] + rest.dropFirst(between).prefix(between) + [all]))
    }
}

/// The masks of one trial.
private struct HiddenParts {
    /// The parts with their controls; `nil` for the map's own.
    let parts: [(control: TruthControl?, mask: CellMask)]
    /// The steps in the map's order, then in a random order, and last all of the face.
    let deletion: [CellMask]

    init(_ map: SimilarityMap, foreign: CellMap?, test: TruthTest, random: SeededGenerator) {
        var random = random
        let face = map.regions.face
        let count = max(1, Int((Float(face.count) * test.share).rounded()))
        var parts: [(TruthControl?, CellMask)] = [(nil, map.cells.largest(count, of: face))]
        var shuffled = face
        for _ in 0..<test.draws {
            random.shuffle(&shuffled)
            parts.append((.cells, CellMask(hiding: shuffled.prefix(count))))
            parts.append((.blobs, CellMap(smoothNoise: &random).largest(count, of: face)))
        }
        if let foreign { parts.append((.otherFace, foreign.largest(count, of: face))) }
        self.parts = parts
        deletion =
            [map.cells.ranked(face), shuffled].flatMap { order in
                (1..<TruthTest.deletionSteps).map { step in
                    CellMask(hiding: order.prefix(order.count * step / TruthTest.deletionSteps))
                }
            } + [CellMask(hiding: face)]
    }

    /// Returns the losses of ``parts``, averaged by control.
    func losses(_ losses: [Float]) -> TruthTrial.Losses {
        var sums: [TruthControl: (sum: Float, count: Float)] = [:]
        for (part, loss) in zip(parts, losses) {
            guard let control = part.control else { continue }
            let old = sums[control, default: (0, 0)]
            sums[control] = (old.sum + loss, old.count + 1)
        }
        return TruthTrial.Losses(map: losses[0], controls: sums.mapValues { $0.sum / $0.count })
    }
}

extension CellMap {
    /// Creates smooth noise: normal noise filtered twice with a window of five cells.
    ///
    /// Its highest fifth forms a few connected patches.
    init(smoothNoise random: inout SeededGenerator) {
        self.init(values: (0..<Self.count).map { _ in random.normal() })
        for _ in 0..<2 { self = summed(reach: 2) }
    }

    private func summed(reach: Int) -> CellMap {
        CellMap(
            values: (0..<Self.count).map { cell in
                let column = cell % Self.side, row = cell / Self.side
                var sum: Float = 0
                for y in max(row - reach, 0)...min(row + reach, Self.side - 1) {
                    for x in max(column - reach, 0)...min(column + reach, Self.side - 1) {
                        sum += values[y * Self.side + x]
                    }
                }
                return sum
            })
    }
}
