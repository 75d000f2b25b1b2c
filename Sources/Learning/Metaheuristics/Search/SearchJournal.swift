public import Foundation
import Synchronization

/// A file that records the evaluations of a search, one JSON line each, so that an interrupted search can resume.
public final class SearchJournal: Sendable {
    /// The content of the first line.
    private struct Heading: Codable, Equatable {
        var optimizer: OptimizerKind
        var variables: [String]
        var population: Int
        var budget: Int
        var seed: UInt64

        init(_ search: Search) {
            optimizer = search.kind
            variables = search.space.variables.map { "\($0.name): \($0.domain)" }
            population = search.population
            budget = search.budget
            seed = search.seed
        }
    }

    private let file: URL
    private let handle = Mutex<FileHandle?>(nil)

    /// Creates a journal at `file`, which may not exist yet.
    public init(_ file: URL) { self.file = file }

    /// Returns the evaluations that an earlier run of `search` recorded. An incomplete last line is dropped.
    ///
    /// - Throws: ``MetaheuristicsError/otherSearch(_:reason:)``, ``MetaheuristicsError/journal(_:reason:)``.
    func evaluations(of search: Search) throws(MetaheuristicsError) -> [SearchEvaluation] {
        guard FileManager.default.fileExists(atPath: file.path) else {
            try begin(search)
            return []
        }
        let text: Data
        do { text = try Data(contentsOf: file) } catch { throw .journal(file.relativePath, reason: "it can't be read") }
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        if !text.isEmpty, text.last != UInt8(ascii: "\n") { lines.removeLast() }
        guard let first = lines.first else {
            try begin(search)
            return []
        }
        guard let heading = try? JSONDecoder().decode(Heading.self, from: first) else {
            throw .journal(file.relativePath, reason: "it is not the journal of a search")
        }
        guard heading == Heading(search) else {
            throw .otherSearch(file.relativePath, reason: "its optimizer, variables, budget or seed differ")
        }
        var found: [SearchEvaluation] = []
        for line in lines.dropFirst() {
            guard let evaluation = try? JSONDecoder().decode(SearchEvaluation.self, from: line) else {
                throw .journal(
                    file.relativePath, reason: "line \(found.count + 2) is damaged: remove it and those after it")
            }
            found.append(evaluation)
        }
        // The incomplete line is removed, so that the next one starts on a new line.
        let end = lines.last.map { $0.endIndex + 1 - text.startIndex } ?? 0
        try open(truncatedTo: UInt64(end))
        return found
    }

    /// Checks that an evaluation of the journal is the one that the search proposes now.
    func check(
        _ evaluation: SearchEvaluation, is values: [String: SearchValue], number: Int
    ) throws(MetaheuristicsError) {
        let isSame =
            evaluation.number == number && evaluation.values.count == values.count
            && values.allSatisfy { name, value in evaluation.values[name]?.isSame(as: value) ?? false }
        guard isSame else {
            throw .otherSearch(file.relativePath, reason: "evaluation \(number) has other values")
        }
    }

    /// Records an evaluation.
    ///
    /// - Throws: ``MetaheuristicsError/journal(_:reason:)``.
    func append(_ evaluation: SearchEvaluation) throws(MetaheuristicsError) { try write(evaluation) }

    private func begin(_ search: Search) throws(MetaheuristicsError) {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw .journal(file.relativePath, reason: "it can't be written")
        }
        try open(truncatedTo: 0)
        try write(Heading(search))
    }

    private func open(truncatedTo length: UInt64) throws(MetaheuristicsError) {
        do {
            let opened = try FileHandle(forUpdating: file)
            try opened.truncate(atOffset: length)
            try opened.seekToEnd()
            handle.withLock { $0 = opened }
        } catch { throw .journal(file.relativePath, reason: "it can't be written") }
    }

    private func write(_ line: some Encodable) throws(MetaheuristicsError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let data = try encoder.encode(line) + Data("\n".utf8)
            try handle.withLock { try $0?.write(contentsOf: data) }
        } catch { throw .journal(file.relativePath, reason: "it can't be written") }
    }
}
