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

    /// The pairs whose pictures can be read, as far as that is known.
    private(set) var pairs: ReadablePairs
    /// How many pictures the whole list names.
    let count: Int
    private let folder: URL
    /// Where the second pictures are; `nil` where they are where the first ones are.
    private let probeFolder: URL?

    /// The pairs that are left.
    var list: PairList { pairs.list }

    /// Creates the pictures of a list.
    ///
    /// - Parameter probes: The folder of the second pictures, if it is another one.
    init(_ list: PairList, in folder: URL, probes: URL?) {
        pairs = ReadablePairs(list)
        self.folder = folder
        probeFolder = probes
        count = Self.pictures(of: list, hasProbes: probes != nil).count
    }

    /// A picture that is read.
    private struct Picture: Hashable {
        var name: String
        var isProbe: Bool
        /// What it is called in messages.
        var title: String { isProbe ? "\(name) (probe)" : name }
    }

    /// Each picture once; those of the probes, where they are others, after the rest.
    private static func pictures(of list: PairList, hasProbes: Bool) -> [Picture] {
        guard hasProbes else { return list.images.map { Picture(name: $0, isProbe: false) } }
        var seen: Set<Picture> = []
        return
            (list.pairs.map { Picture(name: $0.imageA, isProbe: false) }
            + list.pairs.map { Picture(name: $0.imageB, isProbe: true) }).filter { seen.insert($0).inserted }
    }

    /// How alike the pictures of each pair are, under which conditions, and which pictures failed. Pairs of pictures that
    /// can't be read are left out.
    mutating func compare(
        by recognizer: Recognizer, reading: PictureReading
    ) async throws -> (comparisons: [ConditionedComparison], failures: [PairsReport.FailedImage]) {
        let hasProbes = probeFolder != nil
        let pictures = Self.pictures(of: list, hasProbes: hasProbes)
        let results = try await reading.faces(
            of: pictures.map(\.title), at: pictures.map { url(of: $0.name, isProbe: $0.isProbe) }, by: recognizer)
        var faces: [Picture: EmbeddedFace] = [:], withoutFace: [PairsReport.FailedImage] = []
        var readable: Set<Picture> = []
        for (place, face) in results.readable {
            readable.insert(pictures[place])
            faces[pictures[place]] = face
            if face == nil {
                withoutFace.append(
                    PairsReport.FailedImage(image: pictures[place].title, reason: "\(RecognitionError.noFace)"))
            }
        }
        func sides(_ pair: PairList.Pair) -> (Picture, Picture) {
            (Picture(name: pair.imageA, isProbe: false), Picture(name: pair.imageB, isProbe: hasProbes))
        }
        try pairs.leaveOut(results.notes) { pair in
            let (a, b) = sides(pair)
            return !readable.contains(a) || !readable.contains(b)
        }
        let comparisons = try list.comparisons { pair -> Float? in
            let (a, b) = sides(pair)
            guard let first = faces[a], let second = faces[b] else { return nil }
            return try first.embedding.similarity(to: second.embedding)
        }
        let conditioned = zip(list.pairs, comparisons).map { pair, comparison in
            let (a, b) = sides(pair)
            return ConditionedComparison(
                comparison, conditions: PairConditions(faces[a]?.context, faces[b]?.context))
        }
        return (conditioned, withoutFace + pairs.notes.unreadable)
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
}
