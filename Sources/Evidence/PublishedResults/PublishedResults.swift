public import Foundation
import LikenessSupport

/// The last published results of an experiment, with the version and the machine with which they were measured.
public struct PublishedResults: Codable, Sendable, Hashable {
    /// The version of Likeness.
    public let version: String
    /// The name of the processor.
    public let machine: String
    /// The numbers of the table, row by row.
    public let figures: [[Figure]]

    /// Creates results from their parts.
    public init(version: String, machine: String, figures: [[Figure]]) {
        self.version = version
        self.machine = machine
        self.figures = figures
    }

    /// The name of the file that holds them.
    public static let fileName = "results.json"

    /// Returns the published results in `folder`; `nil` if there are none.
    ///
    /// - Throws: ``ExperimentError/badResults(_:reason:)``.
    public static func published(in folder: URL, for table: ResultTable) throws(ExperimentError) -> PublishedResults? {
        let file = folder.appending(path: fileName)
        guard let data = try? Data(contentsOf: file) else { return nil }
        let results: PublishedResults
        do { results = try JSONDecoder().decode(Self.self, from: data) } catch {
            throw .badResults(file.relativePath, reason: Reason.text(of: error, decoding: Self.self, from: data))
        }
        guard results.figures.count == table.rows.count,
            results.figures.allSatisfy({ $0.count == table.columns.count })
        else { throw .badResults(file.relativePath, reason: "the table now has other rows or columns") }
        return results
    }

    /// Writes the results to `folder`.
    ///
    /// - Throws: ``ExperimentError/unwritable(_:)``.
    public func write(to folder: URL) throws(ExperimentError) {
        let file = folder.appending(path: Self.fileName)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try (encoder.encode(self) + Data("\n".utf8)).write(to: file, options: .atomic)
        } catch { throw .unwritable(file.relativePath) }
    }
}
