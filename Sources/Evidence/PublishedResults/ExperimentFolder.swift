public import Foundation
import LikenessSupport

/// A folder of experiments, and the documents that contain their tables.
public struct ExperimentFolder: Sendable {
    /// The new results of an experiment, together with the published ones.
    public struct Outcome: Sendable {
        /// The experiment's name.
        public let name: String
        /// The layout of the table.
        public let table: ResultTable
        /// The new numbers, row by row.
        public let figures: [[Figure]]
        /// The published results; `nil` if none are published, or if the new results were published instead.
        public let published: PublishedResults?
    }

    /// The program and the machine, which are published with the results.
    public struct Maker: Sendable {
        /// The program's version.
        public let version: String
        /// The name of the processor.
        public let machine: String

        /// Creates a description of a program and a machine.
        public init(version: String, machine: String) { (self.version, self.machine) = (version, machine) }
    }

    private let folder: URL
    private let documents: [URL]

    /// Creates a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder that contains a folder for each experiment.
    ///   - documents: Documents that may have places for tables.
    public init(_ folder: URL, documents: [URL] = []) { (self.folder, self.documents) = (folder, documents) }

    /// Returns the experiments' names, sorted.
    public func names() -> [String] { Experiment.names(in: folder) }

    /// Returns an experiment.
    public func experiment(_ name: String) throws -> Experiment { try Experiment(folder: folder.appending(path: name)) }

    /// Runs an experiment again.
    ///
    /// - Parameters:
    ///   - name: The experiment's name.
    ///   - work: The folder of its records.
    ///   - stamp: The stamp for `ExperimentRun`.
    ///   - again: Whether to run all steps, even if they have records.
    ///   - maker: If not `nil`, the new results are published with it: they are written to the experiment's folder, and
    ///     the table to the documents.
    ///   - report: Called before each step.
    ///   - command: Runs the command with the given arguments, waits for it, and returns its exit status.
    /// - Throws: ``ExperimentError``; errors of `command`.
    public func measure(
        _ name: String, work: URL, stamp: String, again: Bool = false, publishingAs maker: Maker? = nil,
        report: (ExperimentRun.Event) -> Void = { _ in },
        command: ([String]) async throws -> Int32
    ) async throws -> Outcome {
        let place = folder.appending(path: name)
        let experiment = try Experiment(folder: place)
        let published = maker == nil ? try PublishedResults.published(in: place, for: experiment.table) : nil
        let run = ExperimentRun(experiment, work: work, stamp: stamp)
        let found = try await run.records(again: again, report: report, command: command)
        let figures = try experiment.table.figures(of: found)
        if let maker {
            try PublishedResults(version: maker.version, machine: maker.machine, figures: figures).write(to: place)
            try writeTable(of: name)
        }
        return Outcome(name: name, table: experiment.table, figures: figures, published: published)
    }

    /// Writes the published table to the experiment's own page, and to every document that has a place for it.
    ///
    /// - Throws: ``ExperimentError``.
    public func writeTable(of name: String) throws {
        let place = folder.appending(path: name)
        let table = try Experiment(folder: place).table
        guard let results = try PublishedResults.published(in: place, for: table) else { return }
        for file in [place.appending(path: "README.md")] + documents {
            let document = DocumentTable(file: file, name: name)
            if document.isThere { try document.write(table.markdown(results.figures)) }
        }
    }

    /// Returns a stamp of some files, which changes with their content. Records with a different stamp are made again.
    /// A missing file counts as empty.
    public static func stamp(of files: [URL]) throws -> String {
        try files.map { try SHA256(of: (try? Data(contentsOf: $0)) ?? Data()).hexadecimal }.joined(separator: " ")
    }
}
