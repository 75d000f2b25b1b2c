import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// The pictures of a list of pairs, and their folders.
struct PairPictures {
    /// The number of pairs shown with the worst errors of each kind.
    static let shown = 12

    /// The pairs whose pictures can be read, as far as known.
    private(set) var pairs: ReadablePairs
    /// The number of pictures in the whole list.
    let count: Int
    private let folder: URL
    /// The folder of the second pictures; `nil` if it is the same as that of the first.
    private let probeFolder: URL?

    /// The remaining pairs.
    var list: PairList { pairs.list }

    /// Creates the pictures of a list.
    ///
    /// - Parameter probes: The folder of the second pictures, if it is a different one.
    init(_ list: PairList, in folder: URL, probes: URL?) {
        pairs = ReadablePairs(list)
        self.folder = folder
        probeFolder = probes
        count = Self.pictures(of: list, hasProbes: probes != nil).count
    }

    /// A picture to be read.
    private struct Picture: Hashable {
        var name: String
        var isProbe: Bool
        /// The picture's name in messages.
        var title: String { isProbe ? "\(name) (probe)" : name }
    }

    /// Returns each picture once. If the second pictures are in a different folder, they come last.
    private static func pictures(of list: PairList, hasProbes: Bool) -> [Picture] {
        guard hasProbes else { return list.images.map { Picture(name: $0, isProbe: false) } }
        var seen: Set<Picture> = []
        return
            (list.pairs.map { Picture(name: $0.imageA, isProbe: false) }
            + list.pairs.map { Picture(name: $0.imageB, isProbe: true) }).filter { seen.insert($0).inserted }
    }

    /// Returns the similarity of each pair with the conditions of its faces, and the pictures that failed. Leaves out
    /// pairs with pictures that can't be read.
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
                    PairsReport.FailedImage(image: pictures[place].title, reason: RecognitionError.noFace.problem))
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

    /// Returns the pictures of the pairs at `places`.
    ///
    /// - Parameter lines: Returns the captions of the pair at an index.
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

    /// Returns the file of a picture. The copy of a probe may be a PNG file even if the original is not.
    private func url(of name: String, isProbe: Bool) -> URL {
        guard isProbe, let probeFolder else { return PairList.url(of: name, in: folder) }
        return AlteredCopy.url(of: PairList.url(of: name, in: probeFolder))
    }
}
