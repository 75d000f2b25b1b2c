public import Foundation
import LikenessSupport

/// A folder of experiments, and the documents that their tables are written to.
public struct ExperimentFolder: Sendable {
    /// One experiment's numbers, beside the published ones.
    public struct Outcome: Sendable {
        /// The experiment's name.
        public let name: String
        /// The table of its numbers.
        public let table: ResultTable
        /// The new numbers, row by row.
        public let figures: [[Figure]]
        /// The published ones; `nil` if nothing is published, or the new ones were published instead.
        public let published: PublishedResults?
    }

    /// What is published beside the numbers.
    public struct Maker: Sendable {
        /// The program's version.
        public let version: String
        /// The processor.
        public let machine: String

        /// A program on a machine.
        public init(version: String, machine: String) { (self.version, self.machine) = (version, machine) }
    }

    private let folder: URL
    private let documents: [URL]

    /// Creates a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder with a folder for each experiment.
    ///   - documents: Documents that may have places for tables.
    public init(_ folder: URL, documents: [URL] = []) { (self.folder, self.documents) = (folder, documents) }

    /// The experiments' names, sorted.
    public func names() -> [String] { Experiment.names(in: folder) }

    /// An experiment.
    public func experiment(_ name: String) throws -> Experiment { try Experiment(folder: folder.appending(path: name)) }

    /// Makes an experiment's numbers again.
    ///
    /// - Parameters:
    ///   - name: The experiment's name.
    ///   - work: The folder of its records.
    ///   - stamp: As of `ExperimentRun`.
    ///   - again: Whether all steps run, whatever is there.
    ///   - maker: Publishes the new numbers, unless it is `nil`: writes them beside the experiment, and the table into the
    ///     documents.
    ///   - report: Is called before each step.
    ///   - command: Runs the command with these arguments, waits for it, and gives its exit status.
    /// - Throws: ``ExperimentError``; what `command` throws.
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

    /// Writes the published table into the experiment's own page and into every document that has a place for it.
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

    /// The digests of some files: a record that was made with others is made anew. A missing file counts as an empty one.
    public static func stamp(of files: [URL]) throws -> String {
        try files.map { try SHA256(of: (try? Data(contentsOf: $0)) ?? Data()).hexadecimal }.joined(separator: " ")
    }
}
