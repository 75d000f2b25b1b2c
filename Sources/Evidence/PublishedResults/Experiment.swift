public import Foundation
import LikenessSupport

/// A published experiment: its commands, and the table made from their results.
///
/// Its folder `Experiments/NAME` contains `experiment.json`, which defines it, and `results.json`, the last published
/// results.
public struct Experiment: Codable, Sendable, Hashable {
    /// A prerequisite of the first step.
    public struct Need: Codable, Sendable, Hashable {
        /// A file or folder, relative to the folder in which the command runs.
        public let path: String
        /// The command that provides it.
        public let from: String

        /// Creates a prerequisite from its parts.
        public init(path: String, from: String) {
            self.path = path
            self.from = from
        }
    }

    /// One run of `likeness`.
    public struct Step: Codable, Sendable, Hashable {
        /// The name of its record: letters, digits and hyphens.
        public let name: String
        /// The arguments, with the placeholders `{work}` and `{STEP:PATH}` to be filled in.
        public let arguments: [String]
        /// The exit statuses that count as success; 0 by default.
        public let statuses: [Int32]?

        /// Creates a step from its parts.
        public init(name: String, arguments: [String], statuses: [Int32]? = nil) {
            self.name = name
            self.arguments = arguments
            self.statuses = statuses
        }
    }

    /// The subject of the experiment, in one line.
    public let title: String
    /// The prerequisites.
    public let needs: [Need]
    /// The steps, in order.
    public let steps: [Step]
    /// The published table made from the steps' records.
    public let table: ResultTable

    /// Creates an experiment from its parts.
    public init(title: String, needs: [Need], steps: [Step], table: ResultTable) {
        self.title = title
        self.needs = needs
        self.steps = steps
        self.table = table
    }

    /// Reads the definition in `folder`.
    ///
    /// - Throws: ``ExperimentError``.
    public init(folder: URL) throws(ExperimentError) {
        let file = folder.appending(path: Self.definitionName)
        let data: Data
        do { data = try Data(contentsOf: file) } catch {
            throw .unknown(folder.lastPathComponent, near: file.relativePath)
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch {
            throw .badDefinition(file.relativePath, reason: Reason.text(of: error, decoding: Self.self, from: data))
        }
        try check(file.relativePath)
    }

    /// The name of the file that defines an experiment.
    public static let definitionName = "experiment.json"

    /// Returns the names of the experiments under `folder`, sorted.
    public static func names(in folder: URL) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return found.filter {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).appending(path: definitionName).path)
        }.sorted()
    }

    private func check(_ file: String) throws(ExperimentError) {
        if steps.isEmpty { throw .badDefinition(file, reason: "it has no steps") }
        var known: Set<String> = []
        for step in steps {
            guard !step.name.isEmpty, step.name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            else {
                throw .badDefinition(
                    file,
                    reason: "'\(step.name)' is not a valid name of a step: use letters, digits "
                        + "and hyphens")
            }
            guard known.insert(step.name).inserted else {
                throw .badDefinition(file, reason: "two steps are called '\(step.name)'")
            }
        }
        for column in table.columns {
            guard let digits = column.digits, !ResultTable.Column.digitsAllowed.contains(digits) else { continue }
            let allowed = ResultTable.Column.digitsAllowed
            throw .badDefinition(
                file,
                reason: "column '\(column.title)' has \(digits) digits, but must have between "
                    + "\(allowed.lowerBound) and \(allowed.upperBound)")
        }
        for row in table.rows {
            for column in table.columns {
                guard let record = row.record(column) else {
                    throw .badDefinition(
                        file, reason: "row '\(row.title)' names no record for column '\(column.title)'")
                }
                guard known.contains(record) else {
                    throw .badDefinition(file, reason: "row '\(row.title)' names '\(record)', which is not a step")
                }
            }
        }
    }
}
