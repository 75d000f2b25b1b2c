import Augmentation
import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels

/// A disk cache of selected faces, altered and aligned to one template, which many networks train on:
///
///     crops.json   the samples and the people
///     crops.bin    bytes of red, green and blue, one row per sample
final class CropCache: Sendable {
    /// The content of `crops.json`.
    struct Index: Codable {
        var settings: CropSettings
        var template: AlignmentTemplate
        var samples: [StageSample]
        var trainingPeople: [String]
        var heldOutPeople: [String]
    }

    let index: Index
    /// The folder of the cache.
    let folder: URL
    private let crops: Data

    private static let indexName = "crops.json"
    private static let cropsName = "crops.bin"
    /// Raised whenever the same settings would give different crops.
    private static let version = 2

    private init(contentsOf folder: URL) throws {
        let text = try Data(contentsOf: folder.appending(path: Self.indexName))
        guard let index = try? JSONDecoder().decode(Index.self, from: text) else {
            throw FaceTrainingError.damagedCrops(folder.path)
        }
        (self.index, self.folder) = (index, folder)
        crops = try Data(contentsOf: folder.appending(path: Self.cropsName), options: .alwaysMapped)
        guard crops.count == index.samples.count * Self.size(index.template) else {
            throw FaceTrainingError.damagedCrops(folder.path)
        }
    }

    private static func size(_ template: AlignmentTemplate) -> Int { 3 * template.size * template.size }

    /// Returns the indices of the rows that `isWanted` picks.
    func indices(_ isWanted: (StageSample) -> Bool) -> [Int] {
        index.samples.indices.filter { isWanted(index.samples[$0]) }
    }

    /// Returns the crops of some rows, concatenated: `[count, side, side, 3]`.
    func pixels(of rows: [Int]) -> [UInt8] {
        let size = Self.size(index.template)
        return [UInt8](unsafeUninitializedCapacity: rows.count * size) { buffer, initialized in
            crops.withUnsafeBytes { bytes in
                for (place, row) in rows.enumerated() {
                    UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[place * size..<(place + 1) * size]
                    )
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[row * size..<(row + 1) * size]))
                }
            }
            initialized = rows.count * size
        }
    }

    /// Returns the crop of a row as a face that is already aligned.
    func alignedFace(_ row: Int) throws -> AlignedFace {
        let template = index.template
        guard let points = template.referencePoints else {
            preconditionFailure("only templates with landmarks give their places in a crop")
        }
        let side = template.size
        let crop = Image(width: side, height: side, pixels: pixels(of: [row]))
        let face = Face(
            box: Box(x: 0, y: 0, width: Float(side), height: Float(side)), confidence: 1,
            landmarks: Landmarks(points: points))
        return try face.aligned(in: crop, to: template)
    }

    /// Returns the people and pictures of the rows.
    func faces(_ rows: [Int]) -> [HeldOutMeasures.Face] {
        rows.map { HeldOutMeasures.Face(person: index.samples[$0].person, entry: index.samples[$0].entry) }
    }

    // MARK: Creating

    /// Opens the cache of these settings, or creates it.
    ///
    /// - Parameters:
    ///   - settings: The pictures and their alterations.
    ///   - template: The alignment of the crops.
    ///   - task: The task's name, for messages.
    ///   - tell: Called with messages.
    static func open(
        _ settings: CropSettings, template: AlignmentTemplate, task: String = BackboneTask.name,
        tell: @Sendable (String) -> Void
    ) async throws -> CropCache {
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        try StagePlan(archive, settings).check(task: task, place: settings.archive)
        let folder = URL(filePath: settings.cache).appending(path: try key(archive, settings, template))
        if !FileManager.default.fileExists(atPath: folder.path) {
            let partial = folder.appendingPathExtension("partial")
            try? FileManager.default.removeItem(at: partial)
            try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
            try await build(archive, settings, template, in: partial, tell: tell)
            try FileManager.default.moveItem(at: partial, to: folder)
        }
        return try CropCache(contentsOf: folder)
    }

    private static func key(
        _ archive: FaceArchive, _ settings: CropSettings, _ template: AlignmentTemplate
    ) throws -> String {
        var shared = settings
        // Paths do not affect the content.
        (shared.archive, shared.cache) = ("", "")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var data = try encoder.encode(shared)
        let parts = archive.header.parts.map(\.sha256) + [template.description, "\(version)", try StageSample.policies]
        data.append(Data(parts.joined(separator: " ").utf8))
        return String(try SHA256(of: data).hexadecimal.prefix(16))
    }

    /// The number of crops that a worker draws at once.
    private static let chunk = 16

    private static func build(
        _ archive: FaceArchive, _ settings: CropSettings, _ template: AlignmentTemplate, in folder: URL,
        tell: @Sendable (String) -> Void
    ) async throws {
        let plan = StagePlan(archive, settings)
        let samples = plan.samples
        tell("altering and cropping \(samples.count) faces")
        let file = try PlacedFile(folder.appending(path: cropsName))
        let chunks = stride(from: 0, to: samples.count, by: chunk).map { $0..<min($0 + chunk, samples.count) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var next = 0
            func add() {
                guard next < chunks.count else { return }
                let chunk = chunks[next]
                next += 1
                group.addTask {
                    try Task.checkCancellation()
                    let pixels = try chunk.flatMap { try samples[$0].crop(of: archive, template: template).pixels }
                    try pixels.withUnsafeBytes { try file.write($0, at: chunk.lowerBound * size(template)) }
                }
            }
            for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { add() }
            while try await group.next() != nil { add() }
        }
        let index = Index(
            settings: settings, template: template, samples: samples, trainingPeople: plan.trainingPeople,
            heldOutPeople: plan.heldOutPeople)
        try JSONEncoder().encode(index).write(to: folder.appending(path: indexName), options: .atomic)
    }
}
