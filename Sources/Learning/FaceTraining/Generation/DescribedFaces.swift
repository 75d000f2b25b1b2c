import Augmentation
import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessSupport
import Pixels

/// An archive's faces with the embeddings of an installed model, computed once:
///
///     descriptions.json   the archive's entries, in order
///     descriptions.bin    float32, one row per entry
struct DescribedFaces: Sendable {
    /// The content of `descriptions.json`.
    private struct Index: Codable {
        var entries: [Int]
        var size: Int
    }

    let archive: FaceArchive
    /// The length of a description.
    let size: Int
    /// A face: its person, its picture, and the row of its description.
    struct Face: Sendable {
        var person: Int
        var entry: Int
        var row: Int
    }
    /// The faces of the training people.
    let training: [Face]
    /// At most eight faces of each held-out person. Faces of one person are adjacent.
    let heldOut: [Face]
    private let descriptions: [Float]

    private static let picturesPerPerson = 8
    private static let batch = 16

    init(_ settings: FeatureGenerationSettings, tell: @Sendable (String) -> Void) async throws {
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        let split = SubjectSplit(dealing: archive.identities, validation: settings.heldOut, seed: settings.splitSeed)
        try PeopleNeeded.check(
            task: FeatureGenerationTask.name, trained: split.training.count,
            heldOut: split.validation.map { archive.indices(of: [$0]).count }, place: settings.archive)
        let people: [(person: Int, entry: Int, isHeldOut: Bool)] =
            [(split.training, false), (split.validation, true)].flatMap { names, isHeldOut in
                names.enumerated().flatMap { number, name in
                    archive.indices(of: [name]).prefix(isHeldOut ? Self.picturesPerPerson : .max)
                        .map { (number, $0, isHeldOut) }
                }
            }
        let folder = try TrainingFolders.models(settings.models).appending(path: settings.model)
        let card = try StageBuilder.card(folder)
        let place = URL(filePath: settings.cache).appending(
            path: try Self.key(archive, card, people.map { $0.entry }))
        if !FileManager.default.fileExists(atPath: place.path) {
            tell("computing the embeddings of \(people.count) faces with \(card.name)")
            let embedder = try await EngineExecutor.run {
                try ModelEmbedder(
                    card: card, engine: Engine(libraryDirectory: TrainingFolders.engine(settings.engine)),
                    directory: folder,
                    network: NetworkConfiguration(streams: ProcessInfo.processInfo.activeProcessorCount))
            }
            try await Self.write(people.map { $0.entry }, of: archive, by: embedder, card, to: place)
        }
        let text = try Data(contentsOf: place.appending(path: "descriptions.json"))
        guard let index = try? JSONDecoder().decode(Index.self, from: text) else {
            throw FaceTrainingError.damagedDescriptions(place.path)
        }
        let data = try Data(contentsOf: place.appending(path: "descriptions.bin"))
        guard data.count.isMultiple(of: max(4 * people.count, 1)), index.size == data.count / max(4 * people.count, 1),
            index.entries == people.map({ $0.entry })
        else {
            throw FaceTrainingError.damagedDescriptions(place.path)
        }
        (self.archive, size) = (archive, index.size)
        descriptions = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        let faces = people.enumerated().map { (Face(person: $1.person, entry: $1.entry, row: $0), $1.isHeldOut) }
        training = faces.filter { !$0.1 }.map { $0.0 }
        heldOut = faces.filter { $0.1 }.map { $0.0 }
    }

    /// Returns the descriptions of some faces, concatenated.
    func descriptions(of faces: [Face]) -> [Float] {
        faces.flatMap { descriptions[$0.row * size..<($0.row + 1) * size] }
    }

    /// Returns the pixels of faces in the format of the generators: `[count, side, side, 3]`.
    func pixels(of faces: [Face]) throws -> [UInt8] {
        try faces.flatMap { face in
            let picture = try archive.image(at: face.entry)
            return try archive.entries[face.entry].face.aligned(in: picture, to: FacePair.template).image.pixels
        }
    }

    private static func key(_ archive: FaceArchive, _ card: ModelCard, _ entries: [Int]) throws -> String {
        let parts = archive.header.parts.map(\.sha256) + [card.identity.description]
        let text = (parts + entries.map(String.init)).joined(separator: " ")
        return String(try SHA256(of: Data(text.utf8)).hexadecimal.prefix(16))
    }

    private static func write(
        _ entries: [Int], of archive: FaceArchive, by embedder: ModelEmbedder, _ card: ModelCard, to place: URL
    ) async throws {
        guard let template = card.template else { throw FaceTrainingError.missing("\(card.name): a template") }
        var values: [Float] = []
        for start in stride(from: 0, to: entries.count, by: batch) {
            try Task.checkCancellation()
            let faces = try entries[start..<min(start + batch, entries.count)].map { entry in
                try archive.entries[entry].face.aligned(in: archive.image(at: entry), to: template)
            }
            values += try await embedder.embeddings(of: faces).flatMap(\.values)
        }
        let partial = place.appendingPathExtension("partial")
        try? FileManager.default.removeItem(at: partial)
        try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
        try values.withUnsafeBytes { try Data($0).write(to: partial.appending(path: "descriptions.bin")) }
        let index = Index(entries: entries, size: values.count / max(entries.count, 1))
        try JSONEncoder().encode(index).write(to: partial.appending(path: "descriptions.json"))
        try FileManager.default.moveItem(at: partial, to: place)
    }
}
