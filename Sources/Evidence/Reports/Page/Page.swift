public import Plots

/// One page of HTML that needs nothing else: style, plots and pictures are in it.
public struct Page: Sendable {
    /// A row of a table without heading: what something is called, and what it is.
    public struct Fact: Hashable, Sendable {
        /// What it is called.
        public var name: String
        /// What it is.
        public var value: String

        /// Creates a name and a value.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// Rows under a heading.
    public struct Table: Hashable, Sendable {
        /// The columns' names.
        public var columns: [String]
        /// Each with as many values as there are columns.
        public var rows: [[String]]
        /// Whether all columns but the first are numbers, which stand at the right.
        public var hasNumbers: Bool

        /// Creates a table from its parts.
        public init(columns: [String], rows: [[String]], hasNumbers: Bool = true) {
            (self.columns, self.rows, self.hasNumbers) = (columns, rows, hasNumbers)
        }
    }

    /// What a section consists of.
    public enum Block: Sendable {
        /// A paragraph.
        case text(String)
        /// A paragraph that says how to read what stands near it.
        case note(String)
        /// Lines with a point before each.
        case list([String])
        /// Names and values.
        case facts([Fact])
        /// Rows under a heading.
        case table(Table)
        /// Plots, beside each other where there is room.
        case plots([Plot])
        /// Pairs of pictures.
        case pairs([PicturePair])
        /// Blocks that are seen only when they are asked for, under a title.
        case folded(String, [Block])
    }

    /// Blocks under a heading.
    public struct Section: Sendable {
        /// The heading.
        public var title: String
        /// What is below it.
        public var blocks: [Block]

        /// Creates a heading and what is below it.
        public init(_ title: String, _ blocks: [Block]) { (self.title, self.blocks) = (title, blocks) }
    }

    /// The heading of all.
    public var title: String
    /// What was found, in a sentence or two.
    public var summary: [String]
    /// What is below.
    public var sections: [Section]

    /// Creates a page from its parts.
    public init(title: String, summary: [String], sections: [Section]) {
        (self.title, self.summary, self.sections) = (title, summary, sections)
    }
}
