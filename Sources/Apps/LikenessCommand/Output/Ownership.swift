import Foundation
import LikenessSupport
import Pixels

/// Which pictures this program may replace: those that it wrote.
///
/// A run may be repeated into the same folder. An original that lies there under the same name must survive, also where it is
/// none of the run's inputs.
enum Ownership {
    /// What the pictures that this program writes say of who wrote them.
    static let name = "Likeness"

    /// Refuses to replace a file that this program didn't write.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    static func check(_ path: SystemPath) throws {
        guard let status = path.status, status.isRegular, status.size > 0,
            !path.isText || ImageSoftware.name(inFile: path.text) != name
        else { return }
        throw Failure.badOption(
            "\(path.shown) is there already and was not written by Likeness: it would be overwritten",
            remedy: "write to another place"
        )
    }
}
