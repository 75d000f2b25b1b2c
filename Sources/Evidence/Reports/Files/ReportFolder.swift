public import Foundation

/// The folder that a report is written to, which is there as a whole or not at all.
///
/// The files are written to a hidden folder beside it, which then takes its name: an interruption leaves no half report
/// that looks whole, and an earlier report stays until the new one is complete.
public final class ReportFolder {
    /// What the record for programs is called; a folder without it holds no report.
    public static let record = "report.json"
    /// What the page is called.
    public static let page = "index.html"

    private let place: URL
    private let partial: URL

    /// Checks the place before the work whose report goes there.
    ///
    /// - Throws: ``ReportError`` if something else than an earlier report is there, or nothing can be written.
    public init(at path: String) throws(ReportError) {
        // A link to a folder stays one.
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
        // Work that ended early leaves nothing; a folder that was moved is not there any more.
        try? FileManager.default.removeItem(at: partial)
    }

    /// Nothing is lost that this command did not write itself.
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

    /// Returns whether a file may be one of an earlier report.
    private static func isPart(_ name: String) -> Bool {
        [record, page].contains(name) || name.hasSuffix(".csv") || name.hasSuffix(".svg")
    }

    /// Writes the report to its place, over an earlier one.
    ///
    /// - Parameter record: The record for programs, JSON.
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

    /// Puts the written folder in the place's stead.
    private func move() throws(ReportError) {
        // An empty folder is replaced as a whole.
        if rename(partial.path, place.path) == 0 { return }
        let earlier = partial.path + "-earlier"
        guard rename(place.path, earlier) == 0 else { throw .unwritable(place.path) }
        guard rename(partial.path, place.path) == 0 else {
            rename(earlier, place.path)
            throw .unwritable(place.path)
        }
        try? FileManager.default.removeItem(atPath: earlier)
    }
}
