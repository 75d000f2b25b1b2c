import Datasets
import Foundation

/// A list of all pictures of the held-out people, `file,identity`, for the evaluation of a trained network. Figures
/// from training people would be too good.
enum HeldOutPictures {
    /// Writes the list of the pictures of `people` in the archive at `archive`.
    static func write(of people: [String], in archive: String, to file: URL) throws {
        let archive = try FaceArchive(contentsOf: URL(filePath: archive, directoryHint: .isDirectory))
        let pictures = archive.indices(of: people).map { index in
            (archive.entries[index].file, archive.entries[index].identity ?? "")
        }
        try Data(list(pictures).utf8).write(to: file, options: .atomic)
    }

    /// Returns a list that `IdentityList` can read.
    static func list(_ pictures: [(file: String, identity: String)]) -> String {
        "file,identity\n" + pictures.map { "\(field($0.file)),\(field($0.identity))\n" }.joined()
    }

    /// Returns a CSV field, in quotes if necessary (RFC 4180).
    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
