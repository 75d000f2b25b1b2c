import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels

/// How well the embedding of each crop of a cache agrees with the embeddings of the same person: what a quality network
/// learns to predict.
///
/// A crop's agreement with its person is the cosine between its embedding and the mean of the person's other unaltered
/// pictures, as in CR-FIQA (Boutros et al., 2023), which relates a picture to the center of its class. Its agreement
/// with itself is the cosine with the mean of the other slightly altered copies of the same picture. This follows
/// SER-FIQ (Terhörst et al., 2020), which measures how stable an embedding is, but alters the picture and not the
/// network.
struct FaceAgreement: Sendable {
    /// One number per row of the cache, 0...1.
    let values: [Float]

    /// The embeddings of all rows, of length 1, one after another.
    let embeddings: [Float]
    /// The length of an embedding.
    let dimension: Int

    /// Calculates the agreement of all rows from their embeddings.
    ///
    /// - Parameters:
    ///   - samples: The samples of the rows.
    ///   - embeddings: Their embeddings, of length 1, one after another.
    ///   - stability: The weight of the agreement with other copies of the same picture, 0...1. The rest is that of the
    ///     agreement with the person's other pictures.
    init(samples: [StageSample], embeddings: [Float], stability: Float) {
        let dimension = samples.isEmpty ? 0 : embeddings.count / samples.count
        func row(_ index: Int) -> ArraySlice<Float> { embeddings[index * dimension..<(index + 1) * dimension] }
        func mean(_ rows: [Int]) -> [Float]? {
            guard !rows.isEmpty else { return nil }
            var sum = [Float](repeating: 0, count: dimension)
            for index in rows { for (place, value) in row(index).enumerated() { sum[place] += value } }
            let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? sum.map { $0 / length } : nil
        }
        let people = Dictionary(grouping: samples.indices) { Person(samples[$0]) }
        let mild = samples.indices.filter { [.plain, .altered].contains(samples[$0].kind) }
        let copies = Dictionary(grouping: mild) { samples[$0].entry }
        let plain = people.mapValues { rows in rows.filter { samples[$0].kind == .plain } }
        values = samples.indices.map { index in
            let sample = samples[index]
            let others = plain[Person(sample), default: []].filter { samples[$0].entry != sample.entry }
            let center = mean(others), own = mean(copies[sample.entry, default: []].filter { $0 != index })
            func agreement(_ reference: [Float]?) -> Float? {
                reference.map { zip(row(index), $0).reduce(0) { $0 + $1.0 * $1.1 } }
            }
            let person = agreement(center) ?? 0
            let value = (1 - stability) * person + stability * (agreement(own) ?? person)
            return min(max(value, 0), 1)
        }
        (self.embeddings, self.dimension) = (embeddings, dimension)
    }

    private struct Person: Hashable {
        let number: Int
        let isHeldOut: Bool

        init(_ sample: StageSample) { (number, isHeldOut) = (sample.person, sample.isHeldOut) }
    }

    /// Embeds all crops of a cache with SFace, or reads the embeddings that were kept beside the crops.
    static func embeddings(
        of cache: CropCache, _ settings: FaceQualityTask.Settings, tell: @Sendable (String) -> Void
    ) async throws -> [Float] {
        let folder = try TrainingFolders.models(settings.models).appending(path: model)
        let card = try StageBuilder.card(folder)
        let place = cache.folder.appending(path: "\(card.identity.description).bin".replacing("/", with: "-"))
        let rows = cache.index.samples.count
        if let known = try? Data(contentsOf: place) {
            guard known.count.isMultiple(of: 4 * rows), !known.isEmpty else {
                throw FaceTrainingError.damagedDescriptions(place.path)
            }
            return known.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        }
        guard card.template == cache.index.template else {
            throw FaceTrainingError.missing("\(folder.path): the template \(cache.index.template)")
        }
        tell("computing the embeddings of \(rows) crops with \(card.name)")
        let embedder = try await EngineExecutor.run {
            try ModelEmbedder(
                card: card, engine: Engine(libraryDirectory: TrainingFolders.engine(settings.engine)),
                directory: folder, network: NetworkConfiguration(streams: ParallelBatches.workers))
        }
        let values = try await ParallelBatches.numbers(of: rows, "crops", tell: tell) { batch in
            try await embedder.embeddings(of: batch.map { try cache.alignedFace($0) }).flatMap(\.values)
        }
        try values.withUnsafeBytes { try Data($0).write(to: place, options: .atomic) }
        return values
    }

    private static let model = "sface"
}
