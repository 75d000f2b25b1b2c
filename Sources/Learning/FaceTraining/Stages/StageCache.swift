import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import Networks
import Pixels

/// A disk cache of the frozen trunk's stages for selected faces, computed once for many runs:
///
///     stages.json      the samples, their contexts and the people
///     stages.bin       bfloat16, one row per sample
///     embeddings.bin   float32, FaceNet-128's embedding of each sample
///     teacher.bin      float32, SFace's embedding of each sample's face without alterations
final class StageCache: Sendable {
    /// The content of `stages.json`.
    struct Index: Codable {
        var settings: StageSettings
        var precision: String
        var samples: [StageSample]
        var contexts: [[Float]]
        var trainingPeople: [String]
        var heldOutPeople: [String]
    }

    let index: Index
    private let stages: Data
    private let embeddings: Data
    private let teacher: Data

    static let indexName = "stages.json"

    /// Opens a cache that ``StageBuilder`` wrote.
    init(contentsOf folder: URL) throws {
        let text = try Data(contentsOf: folder.appending(path: Self.indexName))
        guard let index = try? JSONDecoder().decode(Index.self, from: text) else {
            throw FaceTrainingError.damagedStages(folder.path)
        }
        self.index = index
        func file(_ name: String, _ width: Int) throws -> Data {
            let data = try Data(contentsOf: folder.appending(path: name), options: .alwaysMapped)
            guard data.count == index.samples.count * width else { throw FaceTrainingError.damagedStages(folder.path) }
            return data
        }
        stages = try file("stages.bin", 2 * StageNetwork.rowSize)
        embeddings = try file("embeddings.bin", 4 * StageNetwork.dimension)
        teacher = try file("teacher.bin", 4 * StageNetwork.dimension)
    }

    /// Returns the indices of the samples that `isWanted` picks.
    func indices(_ isWanted: (StageSample) -> Bool) -> [Int] {
        index.samples.indices.filter { isWanted(index.samples[$0]) }
    }

    /// Returns one stage of some samples, concatenated.
    func stage(_ stage: Int, of rows: [Int]) -> [UInt16] {
        let size = StageNetwork.sizes[stage]
        let offset = StageNetwork.sizes[..<stage].reduce(0, +)
        return [UInt16](unsafeUninitializedCapacity: rows.count * size) { buffer, initialized in
            stages.withUnsafeBytes { bytes in
                let all = bytes.assumingMemoryBound(to: UInt16.self)
                for (place, row) in rows.enumerated() {
                    let source = UnsafeBufferPointer(
                        rebasing: all[row * StageNetwork.rowSize + offset..<row * StageNetwork.rowSize + offset + size])
                    _ = UnsafeMutableBufferPointer(rebasing: buffer[place * size..<(place + 1) * size])
                        .update(fromContentsOf: source)
                }
            }
            initialized = rows.count * size
        }
    }

    /// Returns FaceNet-128's embeddings of some samples.
    func embeddings(of rows: [Int]) -> [Float] { Self.rows(rows, of: embeddings) }

    /// Returns SFace's embeddings of some samples' faces without alterations.
    func teacher(of rows: [Int]) -> [Float] { Self.rows(rows, of: teacher) }

    private static func rows(_ rows: [Int], of data: Data) -> [Float] {
        let size = StageNetwork.dimension
        return data.withUnsafeBytes { bytes in
            let all = bytes.assumingMemoryBound(to: Float.self)
            return rows.flatMap { all[$0 * size..<($0 + 1) * size] }
        }
    }
}
