import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// By what a picture counts among those of its template.
enum TemplateWeight: String, CaseIterable, ExpressibleByArgument {
    /// All alike.
    case equal
    /// The detector's confidence, 0...1, as the field's IJB scripts weigh.
    case confidence
    /// The face's size in the picture, in pixels: small faces say less.
    case size

    /// How much a face counts that was seen so.
    func weight(_ context: ContextVector) -> Double {
        switch self {
        case .equal: 1
        case .confidence: Double(context.confidence)
        case .size: Double(context.size)
        }
    }
}

/// The pictures of templates, and the templates that are made of them.
struct TemplatePictures {
    let list: TemplateList
    /// Which templates are compared.
    let pairs: PairList
    private let folder: URL
    private let files: [String]
    /// A picture of each template, to be looked at.
    private var shown: [String: String] = [:]

    init(_ list: TemplateList, pairs: PairList, in folder: URL) {
        (self.list, self.pairs, self.folder) = (list, pairs, folder)
        files = list.files
        for picture in list.pictures where shown[picture.template] == nil {
            shown[picture.template] = picture.file
        }
    }

    /// How many pictures are read.
    var count: Int { files.count }

    /// Embeds the pictures, pools them and compares the templates.
    ///
    /// - Parameter weight: By what a picture counts among those of its template.
    /// - Returns: The comparisons in the order of the pairs, which pictures failed, and how many of them could
    ///   not be read.
    func compare(
        by recognizer: Recognizer, measuring: MeasuringOptions, weight: TemplateWeight
    ) async throws -> (comparisons: [Comparison], failures: [PairsReport.FailedImage], unreadable: Int) {
        let results = try await measuring.entries(
            of: files, at: files.map { PairList.url(of: $0, in: folder) }, by: recognizer)
        var faces: [String: EmbeddedFace] = [:]
        var failures: [PairsReport.FailedImage] = []
        for (file, result) in zip(files, results.faces) {
            switch result {
            case .success(let face): faces[file] = face
            case .failure(let error):
                failures.append(PairsReport.FailedImage(image: file, reason: Failure.message(of: error)))
            }
        }
        let templates = try PooledTemplate.pooled(
            list.pictures.map { picture in
                let face = faces[picture.file]
                return TemplatePicture(
                    template: picture.template, subject: picture.identity, media: picture.media,
                    embedding: face?.embedding.values, weight: face.map { weight.weight($0.context) } ?? 0)
            })
        let compared = try PooledTemplate.comparisons(
            of: pairs.pairs.map { ($0.imageA, $0.imageB) }, among: templates)
        let comparisons = zip(compared, pairs.pairs).map { comparison, pair in
            var comparison = comparison
            comparison.fold = pair.fold
            return comparison
        }
        return (comparisons, failures, results.unreadable)
    }

    /// The pairs at `places`, a picture of each template.
    ///
    /// - Parameter lines: What stands below the pair at a place.
    func pairs(
        at places: [Int], from thumbnails: inout Thumbnails, lines: (Int) -> [String]
    ) async -> [PicturePair] {
        var result: [PicturePair] = []
        for place in places {
            let pair = pairs.pairs[place]
            result.append(
                PicturePair(
                    first: await picture(of: pair.imageA, from: &thumbnails),
                    second: await picture(of: pair.imageB, from: &thumbnails),
                    captions: lines(place) + ["templates \(pair.imageA) – \(pair.imageB), a picture of each"])
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
