public import Foundation
import LikenessSupport

/// A run of which every seed has ended, as its folder tells it: to be compared with others.
public struct FinishedRun: Sendable {
    /// The folder's name.
    public let name: String
    /// What came of its seeds.
    public let summary: RunSummary
    /// What was measured while it trained, for each seed in their order.
    public let validations: [[ValidationRecord]]

    /// Reads a run's folder.
    ///
    /// - Throws: ``TrainingError/notEnded(folder:)``; ``TrainingError/unreadable(_:reason:)`` where its files are damaged.
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
