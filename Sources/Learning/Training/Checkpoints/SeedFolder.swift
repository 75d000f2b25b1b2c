import Foundation
import LikenessSupport
import Tensors

/// The folder of one seed of a run:
///
///     checkpoints/           the checkpoints from which the run can resume
///     metrics.jsonl          one line for each step and each validation
///     curves.svg             the same figures as curves
///     weights.safetensors    the best weights, once the seed has finished
///     result.json            the result, once the seed has finished
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

    /// Writes the result of the seed. `result.json` is written last: if it exists, all files are complete.
    func finish(_ result: SeedResult, weights: ParameterStore) throws {
        do {
            try SafeTensors(weights.dictionary).write(to: url.appending(path: "weights.safetensors"))
            try RunFiles.encoder.encode(result).write(to: Self.result(in: url), options: .atomic)
        } catch {
            throw TrainingError.unwritable(url.path, reason: Reason.text(of: error))
        }
    }

    /// Returns the result of a finished seed in `folder`; `nil` if it has not finished.
    static func finished(in folder: URL) -> SeedResult? {
        guard let data = try? Data(contentsOf: result(in: folder)) else { return nil }
        return try? JSONDecoder().decode(SeedResult.self, from: data)
    }

    /// Returns the location of a seed's metrics.
    static func metrics(in folder: URL) -> URL { folder.appending(path: "metrics.jsonl") }

    private static func result(in folder: URL) -> URL { folder.appending(path: "result.json") }
}

/// The JSON encoder and decoder for a run's files.
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
