import LikenessSupport
import Pixels

/// Names that people give on the command line, and that a store keeps.
enum NameText {
    /// Refuses a name that is not UTF-8: it could be shown, but not typed.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    static func check(_ name: String, _ what: String) throws {
        guard SystemPath(name).isText else {
            throw Failure.badOption("\(what) is not UTF-8: \(SystemPath.shown(name))")
        }
    }
}
