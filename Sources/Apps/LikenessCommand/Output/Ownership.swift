import Foundation
package import Pixels

/// Which pictures this program may replace: those that it wrote.
///
/// A run may be repeated into the same folder. An original that lies there under the same name must survive, also where it is
/// none of the run's inputs.
package enum Ownership {
    /// What the pictures that this program writes say of who wrote them.
    package static let name = "Likeness"

    /// Refuses to replace a file that this program didn't write.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    package static func check(_ path: SystemPath) throws {
        var status = stat()
        guard path.withCString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
            !path.isText || ImageSoftware.name(inFile: path.text) != name
        else { return }
        throw Failure.badOption(
            "\(path.shown) is there already and was not written by Likeness: it would be overwritten",
            remedy: "write to another place"
        )
    }
}
