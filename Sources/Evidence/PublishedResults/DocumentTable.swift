public import Foundation

/// The place of an experiment's table in a document, between two comments.
public struct DocumentTable: Sendable, Hashable {
    /// The document.
    public let file: URL
    /// The experiment's name.
    public let name: String

    /// Creates the place of `name`'s table in `file`.
    public init(file: URL, name: String) {
        self.file = file
        self.name = name
    }

    private var start: String { "<!-- table: \(name) -->\n" }
    private var end: String { "<!-- end of table: \(name) -->" }

    /// Whether the document has a place for the table.
    public var isThere: Bool { (try? String(contentsOf: file, encoding: .utf8))?.contains(start) ?? false }

    /// Returns the document with `table` inserted in its place.
    ///
    /// - Throws: ``ExperimentError/noPlace(_:name:)``.
    public func text(with table: String) throws(ExperimentError) -> String {
        guard let text = try? String(contentsOf: file, encoding: .utf8), let opening = text.range(of: start),
            let closing = text.range(of: end, range: opening.upperBound..<text.endIndex)
        else { throw .noPlace(file.relativePath, name: name) }
        return text.replacingCharacters(in: opening.upperBound..<closing.lowerBound, with: "\n" + table + "\n")
    }

    /// Writes the document with `table` inserted in its place.
    ///
    /// - Throws: ``ExperimentError/noPlace(_:name:)``, ``ExperimentError/unwritable(_:)``.
    public func write(_ table: String) throws(ExperimentError) {
        let text = try text(with: table)
        do { try Data(text.utf8).write(to: file, options: .atomic) } catch { throw .unwritable(file.relativePath) }
    }
}
