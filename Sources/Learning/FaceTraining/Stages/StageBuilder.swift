import Augmentation
import Datasets
import Detectors
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessSupport
import Pixels

/// A builder of a stage cache, which opens an existing cache if it has the same settings.
struct StageBuilder {
    let settings: StageSettings
    /// The task's name, for messages.
    let task: String
    /// The number of training people that the task needs.
    var fewestPeople = PeopleNeeded.fewest
    let tell: @Sendable (String) -> Void

    /// The number of samples that a worker computes at once.
    private static let chunk = StageNetwork.batchSize
    private static let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// Raised whenever the same settings would give different stages.
    private static let version = 3

    func cache() async throws -> StageCache {
        var archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        if !settings.unlabelled.isEmpty {
            archive = try archive.joined(with: FaceArchive(contentsOf: URL(filePath: settings.unlabelled)))
        }
        try StagePlan(archive, settings).check(task: task, fewestPeople: fewestPeople, place: settings.archive)
        let models = try TrainingFolders.models(settings.models)
        let card = try Self.card(models.appending(path: "facenet-128"))
        let (engine, artists) = try await EngineExecutor.run {
            let engine = try Engine(libraryDirectory: TrainingFolders.engine(settings.engine))
            return (engine, try StageArtists(settings, engine: engine))
        }
        let folder = URL(filePath: settings.cache).appending(path: try key(archive, card, artists))
        if FileManager.default.fileExists(atPath: folder.appending(path: StageCache.indexName).path) {
            tell("using the cached stages of the frozen trunk in \(folder.path)")
            return try StageCache(contentsOf: folder)
        }
        let partial = folder.appendingPathExtension("partial")
        try? FileManager.default.removeItem(at: partial)
        try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
        try await build(archive, card, artists, engine, models: models, in: partial)
        try FileManager.default.moveItem(at: partial, to: folder)
        return try StageCache(contentsOf: folder)
    }

    private func key(_ archive: FaceArchive, _ card: ModelCard, _ artists: StageArtists) throws -> String {
        var shared = settings
        // Paths do not affect the content.
        (shared.archive, shared.unlabelled, shared.models, shared.engine, shared.cache) = ("", "", "", "", "")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let parts =
            archive.header.parts.map(\.sha256) + [
                card.identity.description, artists.identity, "\(Self.version)", try StageSample.policies,
            ]
        var data = try encoder.encode(shared)
        data.append(Data(parts.joined(separator: " ").utf8))
        return String(try SHA256(of: data).hexadecimal.prefix(16))
    }

    static func card(_ folder: URL) throws -> ModelCard {
        let file = folder.appending(path: "card.json")
        guard let data = try? Data(contentsOf: file) else { throw FaceTrainingError.missing(file.path) }
        do {
            return try JSONDecoder().decode(ModelCard.self, from: data)
        } catch {
            throw FaceTrainingError.unreadableCard(
                file.path, reason: Reason.text(of: error, decoding: ModelCard.self, from: data))
        }
    }

    /// The data that the workers share.
    private struct Tools: Sendable {
        let archive: FaceArchive
        let artists: StageArtists
        let finder: MaskedFaceFinder?
        let trunk: StageNetwork
        let teacher: ModelEmbedder
        let template: AlignmentTemplate
        let teacherTemplate: AlignmentTemplate
    }

    private func build(
        _ archive: FaceArchive, _ card: ModelCard, _ artists: StageArtists, _ engine: Engine, models: URL,
        in folder: URL
    ) async throws {
        let plan = StagePlan(archive, settings)
        let teacherFolder = models.appending(path: "sface")
        let teacherCard = try Self.card(teacherFolder)
        guard let template = card.template, let teacherTemplate = teacherCard.template, let weights = card.weights.first
        else { throw FaceTrainingError.missing("\(models.path): a template") }
        let tools = try await EngineExecutor.run {
            Tools(
                archive: archive, artists: artists,
                finder: try settings.finder.map { try MaskedFaceFinder($0, engine: engine, models: models) },
                trunk: try StageNetwork(
                    weights: models.appending(path: "facenet-128/\(weights.file)"), input: card.input, engine: engine,
                    folder: folder, streams: Self.workers),
                teacher: try ModelEmbedder(
                    card: teacherCard, engine: engine, directory: teacherFolder,
                    network: NetworkConfiguration(streams: Self.workers)),
                template: template, teacherTemplate: teacherTemplate)
        }
        let files = try Files(folder)
        tell("computing the stages of \(plan.samples.count) faces in \(tools.trunk.precision.rawValue)")
        let contexts = try await contexts(plan.samples, tools, files)
        let index = StageCache.Index(
            settings: settings, precision: tools.trunk.precision.rawValue, samples: plan.samples, contexts: contexts,
            trainingPeople: plan.trainingPeople, heldOutPeople: plan.heldOutPeople)
        try JSONEncoder().encode(index).write(to: folder.appending(path: StageCache.indexName), options: .atomic)
    }

    private func contexts(_ samples: [StageSample], _ tools: Tools, _ files: Files) async throws -> [[Float]] {
        var contexts = [[Float]](repeating: [], count: samples.count)
        let chunks = stride(from: 0, to: samples.count, by: Self.chunk).map { $0..<min($0 + Self.chunk, samples.count) }
        let started = ContinuousClock.now
        try await withThrowingTaskGroup(of: (Range<Int>, [[Float]]).self) { group in
            var next = 0
            func add() {
                guard next < chunks.count else { return }
                let chunk = chunks[next]
                next += 1
                group.addTask { (chunk, try await Self.compute(chunk, samples, tools, files)) }
            }
            for _ in 0..<Self.workers { add() }
            var done = 0
            while let (chunk, values) = try await group.next() {
                contexts.replaceSubrange(chunk, with: values)
                done += chunk.count
                if done / 2000 != (done - chunk.count) / 2000 {
                    let seconds = Double((ContinuousClock.now - started).components.seconds)
                    tell("\(done) of \(samples.count) faces, \(Int(Double(done) / max(seconds, 1))) per second")
                }
                try Task.checkCancellation()
                add()
            }
        }
        return contexts
    }

    private static func compute(
        _ chunk: Range<Int>, _ samples: [StageSample], _ tools: Tools, _ files: Files
    ) async throws -> [[Float]] {
        var crops: [Image] = []
        var contexts: [[Float]] = []
        // The teacher embeds each face only once, without alterations.
        var faces: [AlignedFace] = []
        var places: [Int: Int] = [:]
        for sample in samples[chunk] {
            // A sample may need generators, which run on the engine's executor.
            var drawn = try await EngineExecutor.run { try sample.drawn(of: tools.archive, artists: tools.artists) }
            if sample.kind == .covered, let finder = tools.finder { try await finder.find(&drawn) }
            crops.append(try drawn.face.aligned(in: drawn.image, to: tools.template).image)
            contexts.append(try drawn.context().values)
            guard places[sample.entry] == nil else { continue }
            places[sample.entry] = faces.count
            let entry = tools.archive.entries[sample.entry]
            faces.append(
                try entry.face.aligned(in: tools.archive.image(at: sample.entry), to: tools.teacherTemplate))
        }
        let (stages, embeddings) = try await EngineExecutor.run { try tools.trunk.run(crops) }
        let taught = try await tools.teacher.embeddings(of: faces)
        let teacher = samples[chunk].flatMap { places[$0.entry].map { taught[$0].values } ?? [] }
        try stages.withUnsafeBytes { try files.stages.write($0, at: chunk.lowerBound * 2 * StageNetwork.rowSize) }
        try embeddings.withUnsafeBytes {
            try files.embeddings.write($0, at: chunk.lowerBound * 4 * StageNetwork.dimension)
        }
        try teacher.withUnsafeBytes { try files.teacher.write($0, at: chunk.lowerBound * 4 * StageNetwork.dimension) }
        return contexts
    }

    /// The files that are being written, each by several workers at different offsets.
    private struct Files: Sendable {
        let stages: PlacedFile
        let embeddings: PlacedFile
        let teacher: PlacedFile

        init(_ folder: URL) throws {
            stages = try PlacedFile(folder.appending(path: "stages.bin"))
            embeddings = try PlacedFile(folder.appending(path: "embeddings.bin"))
            teacher = try PlacedFile(folder.appending(path: "teacher.bin"))
        }
    }
}

/// A file that any thread can write to at any offset.
final class PlacedFile: Sendable {
    private let file: OpenFile
    private let path: String

    init(_ url: URL) throws(FaceTrainingError) {
        path = url.path
        do {
            file = try OpenFile(SystemPath(path), for: .replacing(permissions: 0o644))
        } catch {
            throw .unwritable(path, reason: error.reason)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FaceTrainingError) {
        do {
            try file.write(bytes, at: offset)
        } catch {
            throw .unwritable(path, reason: error.reason)
        }
    }
}
