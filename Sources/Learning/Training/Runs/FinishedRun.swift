public import Foundation
import LikenessSupport

/// A run whose seeds have all finished, read from its folder for comparison with other runs.
public struct FinishedRun: Sendable {
    /// The folder's name.
    public let name: String
    /// The results of its seeds.
    public let summary: RunSummary
    /// The validations during training, for each seed in order.
    public let validations: [[ValidationRecord]]

    /// Reads a run's folder.
    ///
    /// - Throws: ``TrainingError/notEnded(folder:)``; ``TrainingError/unreadable(_:reason:)`` if its files are damaged.
    public init(contentsOf folder: URL) throws {
        name = folder.standardizedFileURL.lastPathComponent
        let file = folder.appending(path: "summary.json")
        guard let data = try? Data(contentsOf: file) else {
            throw TrainingError.notEnded(folder: folder.path)
        }
        let decoder = RunFiles.decoder
        do {
            summary = try decoder.decode(RunSummary.self, from: data)
        } catch {
            throw TrainingError.unreadable(
                file.path, reason: Reason.text(of: error))
        }
        validations = try summary.seeds.map { seed in
            try MetricsLog(at: SeedFolder.metrics(in: folder.appending(path: "seed-\(seed.seed)"))).validations
        }
    }
}
