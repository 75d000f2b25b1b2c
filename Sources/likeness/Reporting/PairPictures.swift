import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// The pictures of a list of pairs, and where they are.
struct PairPictures {
    /// How many of the worst pairs of each kind are shown.
    static let shown = 12

    let list: PairList
    private let folder: URL
    /// Where the second pictures are; `nil` where they are where the first ones are.
    private let probeFolder: URL?
    /// Each picture once; those of the probes, where they are others, after the rest.
    private let names: [String]
    private let probeStart: Int

    /// - Parameter probes: The folder of the second pictures, if it is another one.
    init(_ list: PairList, in folder: URL, probes: URL?) {
        self.list = list
        self.folder = folder
        probeFolder = probes
        let first = probes == nil ? list.images : Self.once(list.pairs.map(\.imageA))
        names = first + (probes == nil ? [] : Self.once(list.pairs.map(\.imageB)))
        probeStart = first.count
    }

    /// How many pictures are read.
    var count: Int { names.count }

    /// How alike the pictures of each pair are, under which conditions, and which pictures failed, and how many of
    /// them could not be read.
    func compare(
        by recognizer: Recognizer, measuring: MeasuringOptions
    ) async throws -> (
        comparisons: [ConditionedComparison], failures: [PairsReport.FailedImage], unreadable: Int
    ) {
        let urls = names.indices.map { url(of: names[$0], isProbe: isProbe($0)) }
        let results = try await measuring.entries(of: names, at: urls, by: recognizer)
        var (gallery, probes): ([String: EmbeddedFace], [String: EmbeddedFace]) = ([:], [:])
        var failures: [PairsReport.FailedImage] = []
        for (index, result) in results.faces.enumerated() {
            let name = names[index]
            switch result {
            case .success(let face):
                if isProbe(index) { probes[name] = face } else { gallery[name] = face }
            case .failure(let error):
                let image = isProbe(index) ? "\(name) (probe)" : name
                failures.append(PairsReport.FailedImage(image: image, reason: Failure.message(of: error)))
            }
        }
        if probeFolder == nil { probes = gallery }
        let comparisons = try list.comparisons { pair -> Float? in
            guard let a = gallery[pair.imageA], let b = probes[pair.imageB] else { return nil }
            return try a.embedding.similarity(to: b.embedding)
        }
        let conditioned = zip(list.pairs, comparisons).map { pair, comparison in
            ConditionedComparison(
                comparison, conditions: PairConditions(gallery[pair.imageA]?.context, probes[pair.imageB]?.context))
        }
        return (conditioned, failures, results.unreadable)
    }

    /// The pairs at `places`, to be looked at.
    ///
    /// - Parameter lines: What stands below the pair at a place.
    func pairs(
        at places: [Int], from thumbnails: inout Thumbnails, lines: (Int) -> [String]
    ) async -> [PicturePair] {
        var pairs: [PicturePair] = []
        for place in places {
            let pair = list.pairs[place]
            let first = await thumbnails.picture(pair.imageA, at: PairList.url(of: pair.imageA, in: folder))
            let second = await thumbnails.picture(pair.imageB, at: url(of: pair.imageB, isProbe: true))
            pairs.append(
                PicturePair(first: first, second: second, captions: lines(place) + ["\(pair.imageA) – \(pair.imageB)"]))
        }
        return pairs
    }

    /// The copy of a probe may be a PNG file where the original is none.
    private func url(of name: String, isProbe: Bool) -> URL {
        guard isProbe, let probeFolder else { return PairList.url(of: name, in: folder) }
        return AlteredCopy.url(of: PairList.url(of: name, in: probeFolder))
    }

    private func isProbe(_ index: Int) -> Bool { index >= probeStart }

    /// Each name once, in the order of its first place.
    private static func once(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
