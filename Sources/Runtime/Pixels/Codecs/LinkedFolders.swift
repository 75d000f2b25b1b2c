/// Symbolic links to folders that were met inside a folder. They are not followed: they may lead in a circle, or to pictures
/// that are there already.
public struct LinkedFolders: Sendable, Hashable {
    /// How many there are.
    public private(set) var count = 0
    /// The first of them.
    public private(set) var first: SystemPath?

    /// None.
    public init() {}

    /// Counts a link.
    public mutating func add(_ link: SystemPath) {
        count += 1
        first = first ?? link
    }

    /// What is to be said of them; `nil` if there are none.
    ///
    /// - Parameter advice: What to do to have their pictures read.
    public func remark(_ advice: String) -> String? {
        guard let first else { return nil }
        return count == 1
            ? "1 link to a folder was left out, \(first.shown); \(advice)"
            : "\(count) links to folders were left out, the first is \(first.shown); \(advice)"
    }
}
