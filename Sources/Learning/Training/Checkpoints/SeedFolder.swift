import Foundation
import LikenessSupport
import Tensors

/// What one seed of a run leaves behind:
///
///     checkpoints/           what it goes on from
///     metrics.jsonl          a line for each step and each measurement
///     curves.svg             the same, to look at
///     weights.safetensors    the best weights, once it has ended
///     result.json            what came of it, once it has ended
struct SeedFolder {
    let url: URL

    init(_ url: URL) throws {
        self.url = url
        do {
            try FileManager.default.createDirectory(at: checkpoints.url, withIntermediateDirectories: true)
        } catch {
            throw TrainingError.unwritable(url.path, reason: Reason.text(of: error))
        }
    }

    var checkpoints: CheckpointFolder { CheckpointFolder(url: url.appending(path: "checkpoints")) }
    var metrics: URL { Self.metrics(in: url) }
    var curves: URL { url.appending(path: "curves.svg") }

    /// Writes what came of the seed; `result.json` comes last and says that all is there.
    func finish(_ result: SeedResult, weights: ParameterStore) throws {
        do {
            try SafeTensors(weights.dictionary).write(to: url.appending(path: "weights.safetensors"))
            try RunFiles.encoder.encode(result).write(to: Self.result(in: url), options: .atomic)
        } catch {
            throw TrainingError.unwritable(url.path, reason: Reason.text(of: error))
        }
    }

    /// What came of a seed that has ended in `folder`.
    static func finished(in folder: URL) -> SeedResult? {
        guard let data = try? Data(contentsOf: result(in: folder)) else { return nil }
        return try? JSONDecoder().decode(SeedResult.self, from: data)
    }

    /// Where a seed's figures are.
    static func metrics(in folder: URL) -> URL { folder.appending(path: "metrics.jsonl") }

    private static func result(in folder: URL) -> URL { folder.appending(path: "result.json") }
}

/// How files for people and programs are written.
enum RunFiles {
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }

    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}
