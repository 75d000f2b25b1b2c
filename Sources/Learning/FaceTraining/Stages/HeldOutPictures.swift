import Datasets
import Foundation

extension StageCache.Index {
    /// Writes the list of all pictures of the held-out people, `file,identity`: what thresholds can be found on with
    /// `likeness evaluate thresholds`, since those of people who were trained on would be too low.
    func writeHeldOutPictures(to file: URL) throws {
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive, directoryHint: .isDirectory))
        let pictures = archive.indices(of: heldOutPeople).map { index in
            (archive.entries[index].file, archive.entries[index].identity ?? "")
        }
        try Data(Self.list(pictures).utf8).write(to: file, options: .atomic)
    }

    /// A list that `IdentityList` reads.
    static func list(_ pictures: [(file: String, identity: String)]) -> String {
        "file,identity\n" + pictures.map { "\(field($0.file)),\(field($0.identity))\n" }.joined()
    }

    /// A CSV field, in quotes where it must be (RFC 4180).
    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
