public import Faces

/// Explains which parts of a face an embedder's similarity depends on, by hiding them.
///
/// ```swift
/// let map = try await Explainer(embedder).map(of: HidableFace(face), against: other)
/// for share in map.shares { print(share.region.name, share.support, share.objection) }
/// ```
public struct Explainer: Sendable {
    /// The embedder whose similarities are explained.
    public let embedder: any FaceEmbedder
    /// The method of computing maps.
    public let method: ExplanationMethod
    /// The content of hidden parts.
    public let fill: HidingFill

    /// Creates an explainer.
    ///
    /// The default method and fill gave the most faithful maps.
    public init(
        _ embedder: any FaceEmbedder, method: ExplanationMethod = Explainer.usualMethod,
        fill: HidingFill = Explainer.usualFill
    ) {
        self.embedder = embedder
        self.method = method
        self.fill = fill
    }

    /// The method with the most faithful maps.
    public static let usualMethod = ExplanationMethod.patches
    /// The fill with the most faithful maps.
    public static let usualFill = HidingFill.blur

    /// Returns the contribution of each part of `face` to its similarity with `other`, which does not change.
    ///
    /// The embedder runs once for each of the method's masks, and once for the whole face. The context is that of the
    /// whole face in all runs.
    ///
    /// - Throws: Errors of the embedder; `FaceError` if the embeddings can't be compared, or the landmarks coincide.
    public func map(of face: HidableFace, against other: Embedding) async throws -> SimilarityMap {
        let regions = try FaceRegions(of: face.face)
        let similarities = try await similarities(of: face, hiding: method.masks, with: fill, to: other)
        let losses = similarities.masked.map { similarities.whole - $0 }
        return SimilarityMap(similarity: similarities.whole, cells: method.map(losses: losses), regions: regions)
    }

    /// Returns the similarities of `face` with `other`: first of the whole face, then with each of `masks` hidden.
    ///
    /// All are embedded in one call, so that the whole face is embedded under the same conditions as the others.
    func similarities(
        of face: HidableFace, hiding masks: [CellMask], with fill: HidingFill, to other: Embedding
    ) async throws -> (whole: Float, masked: [Float]) {
        let faces = [face.face] + masks.map { face.hiding($0, with: fill) }
        let similarities = try await embedder.embeddings(of: faces).map { try $0.similarity(to: other) }
        return (similarities[0], Array(similarities.dropFirst()))
    }
}

/// The contribution of each part of a face to its similarity with another one.
public struct SimilarityMap: Hashable, Sendable {
    /// The cosine similarity of the whole faces.
    public let similarity: Float
    /// The decrease of the cosine similarity if a cell is hidden: positive if the cell increased the similarity.
    public let cells: CellMap
    /// The region of each cell.
    public let regions: FaceRegions

    /// Creates a map from its parts.
    public init(similarity: Float, cells: CellMap, regions: FaceRegions) {
        self.similarity = similarity
        self.cells = cells
        self.regions = regions
    }

    /// The contribution of one region.
    public struct Share: Hashable, Sendable {
        /// The region.
        public let region: FaceRegion
        /// The region's share of all positive contributions, 0...1.
        ///
        /// The shares of all regions sum to 1, or are all 0.
        public let support: Float
        /// The region's negative contributions relative to all positive ones, 0 or more; if there are no positive ones,
        /// relative to all negative ones.
        public let objection: Float
        /// The region's share of the crop's area, 0...1.
        public let area: Float
    }

    /// The regions in the crop, most important first; equal ones in the order of ``FaceRegion``.
    public var shares: [Share] {
        let support = cells.values.reduce(0) { $0 + max($1, 0) }
        let objection = cells.values.reduce(0) { $0 + max(-$1, 0) }
        let whole = support > 0 ? support : objection
        let shares = FaceRegion.allCases.compactMap { region -> Share? in
            let own = regions.cells(of: region)
            guard !own.isEmpty else { return nil }
            func share(_ part: (Float) -> Float) -> Float {
                whole > 0 ? own.reduce(0) { $0 + part(cells.values[$1]) } / whole : 0
            }
            return Share(
                region: region, support: share { max($0, 0) }, objection: share { max(-$0, 0) },
                area: Float(own.count) / Float(CellMap.count))
        }
        return shares.enumerated().sorted {
            $0.element.support == $1.element.support
                ? $0.offset < $1.offset : $0.element.support > $1.element.support
        }.map(\.element)
    }
}
