import Foundation
package import LikenessSupport
import Pixels

/// The check that this program replaces only pictures that it wrote.
///
/// A run may be repeated into the same folder. An original picture with the same name in that folder must not be
/// replaced, even if it is not an input of the run.
package enum Ownership {
    /// The software name in the metadata of pictures that this program writes.
    package static let name = "Likeness"

    /// Refuses to replace a file that this program didn't write.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    package static func check(_ path: SystemPath) throws {
        guard let status = path.status, status.isRegular, status.size > 0,
            !path.isText || ImageSoftware.name(inFile: path.text) != name
        else { return }
        throw Failure.badOption(
            "\(path.shown) was not written by Likeness, and would be overwritten",
            remedy: "choose another output path"
        )
    }
}
