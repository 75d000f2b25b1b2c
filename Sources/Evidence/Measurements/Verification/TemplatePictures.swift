import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// The pictures of templates, and the templates made from them.
struct TemplatePictures {
    let list: TemplateList
    /// The pairs of templates that are compared, without templates of which no picture can be read.
    private(set) var pairs: ReadablePairs
    private let folder: URL
    private let files: [String]
    /// A picture of each template, for inspection.
    private var shown: [String: String] = [:]

    init(_ list: TemplateList, pairs: PairList, in folder: URL) {
        (self.list, self.pairs, self.folder) = (list, ReadablePairs(pairs), folder)
        files = list.files
        for picture in list.pictures where shown[picture.template] == nil {
            shown[picture.template] = picture.file
        }
    }

    /// The number of pictures that are read.
    var count: Int { files.count }

    /// Embeds the pictures, pools them into templates and compares these.
    ///
    /// - Parameter weight: The weight of each picture in its template.
    /// - Returns: The comparisons of the remaining pairs in order, and the pictures that failed.
    mutating func compare(
        by recognizer: Recognizer, reading: PictureReading, weight: TemplateWeight
    ) async throws -> (comparisons: [Comparison], failures: [PairsReport.FailedImage]) {
        let known = Set(pairs.notes.unreadable.map(\.image))
        let files = files.filter { !known.contains($0) }
        let results = try await reading.faces(
            of: files, at: files.map { PairList.url(of: $0, in: folder) }, by: recognizer)
        var faces: [String: EmbeddedFace] = [:], withoutFace: [PairsReport.FailedImage] = []
        var readable: Set<String> = []
        for (place, face) in results.readable {
            readable.insert(files[place])
            faces[files[place]] = face
            if face == nil {
                withoutFace.append(
                    PairsReport.FailedImage(image: files[place], reason: RecognitionError.noFace.problem))
            }
        }
        let pictures = list.pictures.filter { readable.contains($0.file) }
        let names = Set(pictures.map(\.template))
        try pairs.leaveOut(results.notes) { !names.contains($0.imageA) || !names.contains($0.imageB) }
        let templates = try PooledTemplate.pooled(
            pictures.map { picture in
                let face = faces[picture.file]
                return TemplatePicture(
                    template: picture.template, subject: picture.identity, media: picture.media,
                    embedding: face?.embedding.values, weight: face.map { weight.weight($0.context) } ?? 0)
            })
        let left = pairs.list.pairs
        let compared = try PooledTemplate.comparisons(
            of: left.map { ($0.imageA, $0.imageB) }, among: templates)
        let comparisons = zip(compared, left).map { comparison, pair in
            var comparison = comparison
            comparison.fold = pair.fold
            return comparison
        }
        return (comparisons, withoutFace + pairs.notes.unreadable)
    }

    /// Returns the pairs at `places`, with one picture of each template.
    ///
    /// - Parameter lines: Returns the captions of the pair at an index.
    func pairs(
        at places: [Int], from thumbnails: inout Thumbnails, lines: (Int) -> [String]
    ) async -> [PicturePair] {
        var result: [PicturePair] = []
        for place in places {
            let pair = pairs.list.pairs[place]
            result.append(
                PicturePair(
                    first: await picture(of: pair.imageA, from: &thumbnails),
                    second: await picture(of: pair.imageB, from: &thumbnails),
                    captions: lines(place) + ["templates \(pair.imageA) – \(pair.imageB), with one picture of each"])
            )
        }
        return result
    }

    private func picture(of template: String, from thumbnails: inout Thumbnails) async
        -> PicturePair.Picture
    {
        let file = shown[template] ?? template
        return await thumbnails.picture(file, at: PairList.url(of: file, in: folder))
    }
}
