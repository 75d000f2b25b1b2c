import Evaluation
import Faces
import Foundation
import LikenessSupport
import Reports

/// A search, with the index of the probe picture.
struct PlacedSearch {
    var place: Int
    var search: IdentificationSearch
}

/// The pictures of the searches with the worst errors.
struct SearchPictures {
    let searches: [PlacedSearch]
    let people: EmbeddedPeople
    /// The indices of the enrolled pictures.
    let gallery: [Int]

    /// Returns the searches for people who are not enrolled with the most similar results.
    func falsePositives(in folder: URL, from thumbnails: inout Thumbnails) async throws -> [PicturePair] {
        let strangers = searches.filter { !$0.search.isMated && $0.search.highestOther != nil }
            .sorted { ($0.search.highestOther ?? -1) > ($1.search.highestOther ?? -1) }
        var pairs: [PicturePair] = []
        for entry in strangers.prefix(PairPictures.shown) {
            guard let other = entry.search.nearestOther, let similarity = entry.search.highestOther else { continue }
            let lines = ["similarity \(decimal(similarity, 3))", "\(entry.search.subject), taken for \(other)"]
            pairs += try await pair(entry.place, with: other, in: folder, from: &thumbnails, lines: lines)
        }
        return pairs
    }

    /// Returns the searches for enrolled people in which another person ranks first by the largest margin, or the
    /// person ranks first by the smallest margin.
    func misses(in folder: URL, from thumbnails: inout Thumbnails) async throws -> [PicturePair] {
        func lead(_ search: IdentificationSearch) -> Float { (search.mate ?? -1) - (search.highestOther ?? -1) }
        let mated = searches.filter { $0.search.mate != nil }.sorted { lead($0.search) < lead($1.search) }
        var pairs: [PicturePair] = []
        for entry in mated.prefix(PairPictures.shown) {
            guard let mate = entry.search.mate, let rank = entry.search.rank else { continue }
            var lines = ["rank \(rank), similarity \(decimal(mate, 3))", entry.search.subject]
            if let other = entry.search.nearestOther, let similarity = entry.search.highestOther {
                lines.append("nearest other: \(other), \(decimal(similarity, 3))")
            }
            pairs += try await pair(
                entry.place, with: entry.search.subject, in: folder, from: &thumbnails, lines: lines)
        }
        return pairs
    }

    /// Returns the probe picture next to the most similar of a person's enrolled pictures; `nil` if the person has
    /// none.
    private func pair(
        _ probe: Int, with person: String, in folder: URL, from thumbnails: inout Thumbnails, lines: [String]
    ) async throws -> [PicturePair] {
        guard let face = people.faces[probe] else { return [] }
        var nearest: (place: Int, similarity: Float)?
        for place in gallery where people.labels[place] == person {
            guard let template = people.faces[place] else { continue }
            let similarity = try face.embedding.similarity(to: template.embedding)
            if similarity > nearest?.similarity ?? -.infinity { nearest = (place, similarity) }
        }
        guard let nearest else { return [] }
        let pair = await people.pair(probe, nearest.place, in: folder, from: &thumbnails, lines: lines)
        return [pair]
    }
}
