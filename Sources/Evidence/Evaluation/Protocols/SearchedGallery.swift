import Foundation

/// A gallery for exhaustive search by the embeddings of templates: exact, in O(probes · templates).
public struct SearchedGallery: Sendable {
    /// The number of probes that one work item compares.
    private static let blockRows = 16
    /// The number of panels whose similarities are held at a time.
    private static let tilePanels = 64

    private let templates: LabelledEmbeddings
    /// The enrolled people, in the order of their first templates.
    public let people: [String]

    /// Creates a gallery.
    ///
    /// - Parameters:
    ///   - embeddings: Vectors of unit length, one after the other.
    ///   - dimension: The number of values of a vector.
    ///   - labels: The person of each.
    /// - Throws: ``EvaluationError/invalidEmbedding(row:)``; ``EvaluationError/emptyGallery`` without a template.
    public init(embeddings: [Float], dimension: Int, labels: [String]) throws(EvaluationError) {
        guard !labels.isEmpty else { throw .emptyGallery }
        templates = try LabelledEmbeddings(embeddings, dimension: dimension, labels: labels)
        var people: [String] = [], place = 0
        while place < templates.count {
            people.append(labels[templates.order[place]])
            place = templates.personEnds[place]
        }
        self.people = people
    }

    /// Searches for each probe.
    ///
    /// - Parameters:
    ///   - probes: Vectors of unit length, one after the other.
    ///   - subjects: The person in each; a search for a person who is not enrolled should return no one.
    ///   - workers: The number of processors to use; all of them if `nil`.
    /// - Returns: A search for each probe, in their order.
    /// - Throws: ``EvaluationError/invalidEmbedding(row:)``; `CancellationError` if the task is canceled.
    public func search(
        probes: [Float], subjects: [String], workers: Int? = nil
    ) async throws -> [IdentificationSearch] {
        let dimension = templates.dimension
        precondition(probes.count == subjects.count * dimension, "each probe needs a subject")
        for row in subjects.indices { try LabelledEmbeddings.check(probes, row: row, dimension: dimension) }
        let rows = LabelledEmbeddings.padded(probes, order: subjects.indices, dimension: dimension)
        let blocks = (subjects.count + Self.blockRows - 1) / Self.blockRows
        let next = NextBlock()
        let found = await withTaskGroup(of: [(Int, [IdentificationSearch])].self) { group in
            for _ in 0..<max(1, min(workers ?? ProcessInfo.processInfo.activeProcessorCount, blocks)) {
                group.addTask {
                    var found: [(Int, [IdentificationSearch])] = []
                    while let block = next.claim(of: blocks), !Task.isCancelled {
                        let end = min((block + 1) * Self.blockRows, subjects.count)
                        found.append((block, search(rows, block * Self.blockRows..<end, subjects: subjects)))
                    }
                    return found
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        try Task.checkCancellation()
        return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }

    /// Searches for the probes of a block.
    private func search(_ probes: [Float], _ rows: Range<Int>, subjects: [String]) -> [IdentificationSearch] {
        let width = Self.tilePanels * SimilarityTile.lanes
        let panelCount = (templates.count + SimilarityTile.lanes - 1) / SimilarityTile.lanes
        var best = Array(repeating: -Float.infinity, count: rows.count * people.count)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.blockRows * width) { tile in
            guard let base = tile.baseAddress else { return }
            // The person of the first templates of a tile.
            var person = 0
            for start in stride(from: 0, to: panelCount, by: Self.tilePanels) {
                let panels = start..<min(start + Self.tilePanels, panelCount)
                let places =
                    panels.lowerBound
                    * SimilarityTile.lanes..<min(panels.upperBound * SimilarityTile.lanes, templates.count)
                SimilarityTile.fill(
                    base, width: width, rows: rows, of: probes, panels: panels, of: templates.panels,
                    dimension: templates.dimension)
                var next = person
                for row in 0..<rows.count {
                    next = person
                    for place in places {
                        let similarity = base[row * width + place - places.lowerBound]
                        let index = row * people.count + next
                        best[index] = max(best[index], min(max(similarity, -1), 1))
                        if place + 1 == templates.personEnds[place] { next += 1 }
                    }
                }
                person = next
            }
        }
        return rows.map { row in
            let similarities = best[(row - rows.lowerBound) * people.count..<(row - rows.lowerBound + 1) * people.count]
            return IdentificationSearch(subject: subjects[row], similarities: similarities, people: people)
        }
    }
}
