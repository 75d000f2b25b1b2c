public import Foundation
import LikenessSupport

/// A folder to which a report is written atomically.
///
/// The files are written to a hidden folder next to it, which is then renamed. An interruption leaves no partial
/// report, and an earlier report stays until the new one is complete.
public final class ReportFolder {
    /// The name of the JSON record. A folder without it contains no report.
    public static let record = "report.json"
    /// The name of the page.
    public static let page = "index.html"

    private let place: URL
    private let partial: URL

    /// Checks the destination before the report is computed.
    ///
    /// - Throws: ``ReportError`` if the destination contains anything other than an earlier report, or the folder can't
    ///   be written.
    public init(at path: String) throws(ReportError) {
        // If the path is a link to a folder, the link is kept.
        let place = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.resolvingSymlinksInPath()
        try Self.check(place, called: path)
        let process = ProcessInfo.processInfo.processIdentifier
        let parent = place.deletingLastPathComponent()
        partial = parent.appending(path: ".\(place.lastPathComponent).\(process)", directoryHint: .isDirectory)
        self.place = place
        do {
            try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(path)
        }
    }

    deinit {
        // Removes the hidden folder of an unfinished report. After a finished one it no longer exists.
        try? FileManager.default.removeItem(at: partial)
    }

    /// Checks that only files written by this command would be replaced.
    private static func check(_ place: URL, called path: String) throws(ReportError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { throw .notAFolder(path) }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: place.path).sorted() else {
            throw .unwritable(path)
        }
        let isReport = names.contains(record)
        for name in names where !isReport || !isPart(name) { throw .occupied(path, by: name) }
    }

    /// Returns whether a file may belong to an earlier report.
    private static func isPart(_ name: String) -> Bool {
        [record, page].contains(name) || name.hasSuffix(".csv") || name.hasSuffix(".svg")
    }

    /// Writes the report, replacing an earlier one.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - record: The JSON record.
    /// - Throws: ``ReportError`` if the files can't be written.
    public func write(_ report: Report, record: Data) throws(ReportError) {
        var files = report.files.mapValues { Data($0.utf8) }
        files[Self.record] = record
        do {
            for (name, contents) in files { try contents.write(to: partial.appending(path: name)) }
        } catch {
            throw .unwritable(place.path)
        }
        try move()
    }

    /// Moves the written folder to the destination.
    private func move() throws(ReportError) {
        let (written, target) = (SystemPath(partial.path), SystemPath(place.path))
        // An empty folder is replaced as a whole.
        if (try? written.move(to: target)) != nil { return }
        let earlier = partial.path + "-earlier"
        do {
            try target.move(to: SystemPath(earlier))
        } catch {
            throw .unwritable(place.path)
        }
        do {
            try written.move(to: target)
        } catch {
            try? SystemPath(earlier).move(to: target)
            throw .unwritable(place.path)
        }
        try? FileManager.default.removeItem(atPath: earlier)
    }
}
