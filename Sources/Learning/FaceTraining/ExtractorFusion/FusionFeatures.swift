import Augmentation
import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessSupport

/// The embeddings of both extractors and the contexts of faces under many conditions, computed once for many runs.
struct FusionFeatures: Sendable {
    /// How a face is seen.
    enum View: Hashable, Sendable {
        /// A face of a training person: copy 0 is unaltered, the others are as a student sees it.
        case training(copy: Int)
        /// An unaltered face of somebody who is not labeled.
        case stranger
        /// A face of a held-out person.
        case heldOut(StudentView.Condition)
    }

    /// A face under one condition.
    struct Row: Hashable, Sendable {
        var view: View
        /// The person's number among the training people, the held-out people or the strangers.
        var person: Int
        /// The face in the archive.
        var entry: Int
    }

    /// The numbers of an extractor pair and of a context.
    static let width = 256, contextWidth = 12

    private(set) var rows: [Row]
    /// The embeddings, one after another.
    private(set) var embeddings: [Float]
    /// The contexts, one after another, with −1 for an unknown mask.
    private(set) var contexts: [Float]

    /// Adds the rows of others.
    mutating func append(_ others: FusionFeatures) {
        rows += others.rows
        embeddings += others.embeddings
        contexts += others.contexts
    }

    /// Raised whenever the same settings would give other numbers.
    private static let version = 1

    /// Reads the features, or computes and keeps them. Without a split, all faces are strangers.
    static func open(
        _ archive: FaceArchive, _ split: SubjectSplit?, _ settings: ExtractorFusionSettings,
        tell: @Sendable (String) -> Void
    ) async throws -> FusionFeatures {
        let rows =
            split.map { Self.rows(archive, $0, settings) }
            ?? archive.entries.indices.map { Row(view: .stranger, person: $0, entry: $0) }
        let folder = URL(filePath: settings.extractors, directoryHint: .isDirectory)
        let card = try StageBuilder.card(folder)
        guard card.dimension == width, let template = card.template, card.contextVersion == nil else {
            throw FaceTrainingError.notATeacher(folder.path)
        }
        let cache = URL(filePath: settings.cache, directoryHint: .isDirectory)
        let file = cache.appending(path: "\(try key(archive, rows, card, settings)).f32")
        let whole: [Float]
        if let kept = try? Data(contentsOf: file) {
            guard kept.count == 4 * rows.count * (width + contextWidth) else {
                throw FaceTrainingError.damagedDescriptions(cache.path)
            }
            whole = kept.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        } else {
            let embedder = try await EngineExecutor.run {
                try ModelEmbedder(
                    card: card, engine: Engine(libraryDirectory: TrainingFolders.engine(settings.engine)),
                    directory: folder, network: NetworkConfiguration(streams: ParallelBatches.workers))
            }
            tell("computing the embeddings of \(rows.count) faces with \(card.name)")
            whole = try await features(of: rows, archive, settings, template, by: embedder, tell: tell)
            try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
            try whole.withUnsafeBytes { try Data($0).write(to: file, options: .atomic) }
        }
        let starts = stride(from: 0, to: whole.count, by: width + contextWidth)
        return FusionFeatures(
            rows: rows, embeddings: starts.flatMap { whole[$0..<$0 + width] },
            contexts: starts.flatMap { whole[$0 + width..<$0 + width + contextWidth] })
    }

    private static func rows(
        _ archive: FaceArchive, _ split: SubjectSplit, _ settings: ExtractorFusionSettings
    ) -> [Row] {
        let trained = split.training.enumerated().flatMap { number, name in
            archive.indices(of: [name]).prefix(settings.picturesPerPerson).flatMap { entry in
                (0...settings.copies).map { Row(view: .training(copy: $0), person: number, entry: entry) }
            }
        }
        let heldOut = split.validation.enumerated().flatMap { number, name in
            archive.indices(of: [name]).prefix(settings.picturesPerPerson).flatMap { entry in
                StudentView.Condition.allCases.map { Row(view: .heldOut($0), person: number, entry: entry) }
            }
        }
        return trained + heldOut
    }

    private static func key(
        _ archive: FaceArchive, _ rows: [Row], _ card: ModelCard, _ settings: ExtractorFusionSettings
    ) throws -> String {
        let parts =
            archive.header.parts.map(\.sha256) + card.weights.map(\.sha256)
            + [
                "\(version)", "\(settings.splitSeed)", "\(settings.copies)", try StudentView.policies,
                rows.map { "\($0.entry)" }.joined(separator: ","),
            ]
        return String(try SHA256(of: Data(parts.joined(separator: " ").utf8)).hexadecimal.prefix(16))
    }

    private static func features(
        of rows: [Row], _ archive: FaceArchive, _ settings: ExtractorFusionSettings, _ template: AlignmentTemplate,
        by embedder: ModelEmbedder, tell: @Sendable (String) -> Void
    ) async throws -> [Float] {
        let seeds = SeededGenerator(seed: settings.splitSeed)
        @Sendable func drawn(_ row: Row) throws -> DrawnSample {
            switch row.view {
            case .heldOut(let condition): return try condition.drawn(row.entry, in: archive)
            case .training(copy: 0), .stranger: return try StudentView.Condition.plain.drawn(row.entry, in: archive)
            case .training(let copy):
                var numbers = seeds.split(row.entry).split(copy)
                return try StudentView.drawn(row.entry, in: archive, seed: numbers.next())
            }
        }
        return try await ParallelBatches.numbers(of: rows.count, "faces", tell: tell) { batch in
            let samples = try rows[batch].map(drawn)
            let faces = try samples.map { try $0.face.aligned(in: $0.image, to: template) }
            let embeddings = try await embedder.embeddings(of: faces)
            return try zip(embeddings, samples).flatMap { $0.values + (try $1.context().values) }
        }
    }
}
