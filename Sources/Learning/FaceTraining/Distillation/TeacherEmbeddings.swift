import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessSupport

/// The embeddings of unaltered faces of an archive by one network, computed once and kept in a file.
struct TeacherEmbeddings: Sendable {
    /// The embeddings, of length 1, one after another.
    let values: [Float]
    /// The length of an embedding.
    let dimension: Int

    /// Reads the embeddings, or computes and keeps them.
    ///
    /// - Parameters:
    ///   - archive: The faces.
    ///   - rows: The faces that are embedded.
    ///   - teacher: The network.
    ///   - settings: The folders.
    ///   - tell: Called with messages.
    static func open(
        _ archive: FaceArchive, rows: [Int], _ teacher: DistillationSettings.Teacher, _ settings: DistillationSettings,
        tell: @Sendable (String) -> Void
    ) async throws -> TeacherEmbeddings {
        let models = try TrainingFolders.models(settings.models)
        let folder =
            teacher.model.contains("/")
            ? URL(filePath: teacher.model, directoryHint: .isDirectory) : models.appending(path: teacher.model)
        let card = try StageBuilder.card(folder)
        guard let dimension = card.dimension, let template = card.template, card.contextVersion == nil else {
            throw FaceTrainingError.notATeacher(folder.path)
        }
        let cache = URL(filePath: settings.cache, directoryHint: .isDirectory)
        let file = cache.appending(path: "\(try key(archive, rows, card, teacher)).f32")
        if let kept = try? Data(contentsOf: file) {
            guard kept.count == 4 * rows.count * dimension else {
                throw FaceTrainingError.damagedDescriptions(cache.path)
            }
            return TeacherEmbeddings(
                values: kept.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }, dimension: dimension)
        }
        let embedder = try await EngineExecutor.run {
            try ModelEmbedder(
                card: card, engine: Engine(libraryDirectory: TrainingFolders.engine(settings.engine)),
                directory: folder, network: NetworkConfiguration(streams: ParallelBatches.workers),
                averagesMirrored: teacher.isMirrored)
        }
        tell("computing the embeddings of \(rows.count) faces with \(card.name)")
        let values = try await ParallelBatches.numbers(of: rows.count, "faces", tell: tell) { batch in
            let faces = try rows[batch].map { row in
                try archive.entries[row].face.aligned(in: archive.image(at: row), to: template)
            }
            return try await embedder.embeddings(of: faces).flatMap(\.values)
        }
        try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
        try values.withUnsafeBytes { try Data($0).write(to: file, options: .atomic) }
        return TeacherEmbeddings(values: values, dimension: dimension)
    }

    private static func key(
        _ archive: FaceArchive, _ rows: [Int], _ card: ModelCard, _ teacher: DistillationSettings.Teacher
    ) throws -> String {
        let parts =
            archive.header.parts.map(\.sha256) + card.weights.map(\.sha256)
            + [card.identity.description, "\(teacher.isMirrored)", rows.map(String.init).joined(separator: ",")]
        return String(try SHA256(of: Data(parts.joined(separator: " ").utf8)).hexadecimal.prefix(16))
    }
}
