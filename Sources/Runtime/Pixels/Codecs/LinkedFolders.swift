public import LikenessSupport

/// Symbolic links to folders, counted while a folder is searched.
///
/// They are not followed, because they may form a cycle or lead to pictures that were already found.
public struct LinkedFolders: Sendable, Hashable {
    /// The number of links.
    public private(set) var count = 0
    /// The first link.
    public private(set) var first: SystemPath?

    /// Creates an empty record.
    public init() {}

    /// Counts a link.
    public mutating func add(_ link: SystemPath) {
        count += 1
        first = first ?? link
    }

    /// Returns a remark about the links; `nil` if there are none.
    ///
    /// - Parameter advice: What the user can do to have the linked pictures read.
    public func remark(_ advice: String) -> String? {
        guard let first else { return nil }
        return count == 1
            ? "1 link to a folder was left out, \(first.shown); \(advice)"
            : "\(count) links to folders were left out, the first is \(first.shown); \(advice)"
    }
}
