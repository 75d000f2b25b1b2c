public import Plots

/// A self-contained HTML page: style, plots and pictures are embedded.
public struct Page: Sendable {
    /// A name with a value, as a row of a table without heading.
    public struct Fact: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: String

        /// Creates a fact from a name and a value.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// A table with a heading.
    public struct Table: Hashable, Sendable {
        /// The columns' names.
        public var columns: [String]
        /// The rows, each with one value per column.
        public var rows: [[String]]
        /// Whether all columns except the first are numbers, which are aligned to the right.
        public var hasNumbers: Bool

        /// Creates a table from its parts.
        public init(columns: [String], rows: [[String]], hasNumbers: Bool = true) {
            (self.columns, self.rows, self.hasNumbers) = (columns, rows, hasNumbers)
        }
    }

    /// A part of a section.
    public enum Block: Sendable {
        /// A paragraph.
        case text(String)
        /// A paragraph that explains how to read its surroundings.
        case note(String)
        /// A bulleted list.
        case list([String])
        /// Names and values.
        case facts([Fact])
        /// A table with a heading.
        case table(Table)
        /// Plots, side by side if there is room.
        case plots([Plot])
        /// Pairs of pictures.
        case pairs([PicturePair])
        /// Blocks under a title that are shown on demand.
        case folded(String, [Block])
    }

    /// A section: blocks under a heading.
    public struct Section: Sendable {
        /// The heading.
        public var title: String
        /// The blocks below it.
        public var blocks: [Block]

        /// Creates a section from its heading and blocks.
        public init(_ title: String, _ blocks: [Block]) { (self.title, self.blocks) = (title, blocks) }
    }

    /// The title of the page.
    public var title: String
    /// The main results, in a sentence or two.
    public var summary: [String]
    /// The sections.
    public var sections: [Section]

    /// Creates a page from its parts.
    public init(title: String, summary: [String], sections: [Section]) {
        (self.title, self.summary, self.sections) = (title, summary, sections)
    }
}
