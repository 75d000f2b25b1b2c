public import Faces

/// Says which parts of a face an embedder's similarity rests on, by hiding them.
public struct Explainer: Sendable {
    /// Whose similarities are explained.
    public let embedder: any FaceEmbedder
    /// How the maps are found.
    public let method: ExplanationMethod
    /// What stands where a part is hidden.
    public let fill: HidingFill

    /// Creates an explainer; the defaults are those whose maps were the truest.
    public init(
        _ embedder: any FaceEmbedder, method: ExplanationMethod = Explainer.usualMethod,
        fill: HidingFill = Explainer.usualFill
    ) {
        self.embedder = embedder
        self.method = method
        self.fill = fill
    }

    /// The method whose maps were the truest.
    public static let usualMethod = ExplanationMethod.patches
    /// The fill whose maps were the truest.
    public static let usualFill = HidingFill.blur

    /// What each part of `face` adds to its similarity with `other`, which stays as it is.
    ///
    /// The embedder runs once for each of the method's masks, and once more; the face's context is that of the whole
    /// face in all of them.
    ///
    /// - Throws: What the embedder throws; `FaceError` if the embeddings do not compare, or the landmarks coincide.
    public func map(of face: HidableFace, against other: Embedding) async throws -> SimilarityMap {
        let regions = try FaceRegions(of: face.face)
        let similarities = try await similarities(of: face, hiding: method.masks, with: fill, to: other)
        let losses = similarities.masked.map { similarities.whole - $0 }
        return SimilarityMap(similarity: similarities.whole, cells: method.map(losses: losses), regions: regions)
    }

    /// Returns the similarities of `face` with `other`: whole, and with each of `masks` hidden.
    ///
    /// All are embedded in one call, so that the whole face runs as the others do.
    func similarities(
        of face: HidableFace, hiding masks: [CellMask], with fill: HidingFill, to other: Embedding
    ) async throws -> (whole: Float, masked: [Float]) {
        let faces = [face.face] + masks.map { face.hiding($0, with: fill) }
        let similarities = try await embedder.embeddings(of: faces).map { try $0.similarity(to: other) }
        return (similarities[0], Array(similarities.dropFirst()))
    }
}

/// What each part of a face adds to its similarity with another one.
public struct SimilarityMap: Hashable, Sendable {
    /// The cosine similarity of the whole faces.
    public let similarity: Float
    /// The similarity that is lost with each cell, in cosine: positive where the cell spoke for the likeness.
    public let cells: CellMap
    /// Which part of the face each cell shows.
    public let regions: FaceRegions

    /// Creates a map from its parts.
    public init(similarity: Float, cells: CellMap, regions: FaceRegions) {
        self.similarity = similarity
        self.cells = cells
        self.regions = regions
    }

    /// What one part of the face had to say.
    public struct Share: Hashable, Sendable {
        /// Which part.
        public let region: FaceRegion
        /// Its part of all that spoke for the likeness, 0...1; the shares of all regions sum to 1, or are all 0.
        public let support: Float
        /// What in it spoke against the likeness, in proportion to all that spoke for it, 0 or more; where nothing spoke
        /// for it, in proportion to all that spoke against it.
        public let objection: Float
        /// Its part of the crop's area, 0...1.
        public let area: Float
    }

    /// The parts that are in the crop, the most important first; equal ones in the order of ``FaceRegion``.
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
