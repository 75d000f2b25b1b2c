import LikenessSupport
import Pixels

/// Checks names from the command line that a store keeps.
enum NameText {
    /// Refuses a name that is not UTF-8, because nobody could type it again.
    ///
    /// - Throws: ``Failure/badOption(_:)``, with `what` as the name's role, such as "the person's name".
    static func check(_ name: String, _ what: String) throws {
        guard SystemPath(name).isText else {
            throw Failure.badOption("\(what) is not UTF-8: \(SystemPath.shown(name))")
        }
    }
}
