import Foundation
import LikenessSupport

/// A folder that gets its name only when it is complete, so that an interrupted export leaves nothing behind.
enum NewFolder {
    /// Checks that nothing has the folder's name. An empty folder is allowed.
    ///
    /// - Throws: ``FaceTrainingError/exists(_:)``.
    static func checkFree(_ folder: URL) throws {
        let place = SystemPath(folder.path)
        let isFree =
            FolderListing.isFolder(place) ? FolderListing(place).entries.isEmpty : !FolderListing.exists(place)
        guard isFree else { throw FaceTrainingError.exists(folder.path) }
    }

    /// Creates the folder and what leads to it.
    ///
    /// - Parameters:
    ///   - folder: The folder. If it exists, it must be empty.
    ///   - write: Writes the files to a folder, which then gets the name. If it throws an error or the task is canceled,
    ///     everything that was created is removed.
    /// - Throws: ``FaceTrainingError/exists(_:)``; ``FaceTrainingError/unwritable(_:reason:)`` if it can't be created;
    ///   errors of `write`; `CancellationError`.
    static func create<Result>(_ folder: URL, _ write: (URL) throws -> Result) throws -> Result {
        try checkFree(folder)
        let manager = FileManager.default
        let parent = folder.deletingLastPathComponent()
        var created: [URL] = []
        var above = parent
        while !manager.fileExists(atPath: above.path), above.pathComponents.count > 1 {
            created.append(above)
            above.deleteLastPathComponent()
        }
        let partial = parent.appending(path: ".partial-\(UUID().uuidString)", directoryHint: .isDirectory)
        do {
            try manager.createDirectory(at: partial, withIntermediateDirectories: true)
            let result = try write(partial)
            try Task.checkCancellation()
            try checkFree(folder)
            try SystemPath(partial.path).move(to: SystemPath(folder.path))
            return result
        } catch {
            try? manager.removeItem(at: partial)
            for empty in created { try? SystemPath(empty.path).removeFolder() }
            guard error is CocoaError || error is SystemError else { throw error }
            throw FaceTrainingError.unwritable(folder.path, reason: Reason.text(of: error))
        }
    }
}
