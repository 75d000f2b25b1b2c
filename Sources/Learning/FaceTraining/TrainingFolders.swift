import Foundation
import Recognition

/// Where an installation's models and engine are: the folder that a run names, else where every command finds them.
enum TrainingFolders {
    /// The folder of models.
    ///
    /// - Parameter path: What the run's settings say; empty for the installation's.
    /// - Throws: `RecognitionError.notInstalled` where nothing is said and nothing is installed.
    static func models(_ path: String) throws -> URL {
        try path.isEmpty ? Installation.locate().root.appending(path: "models") : URL(filePath: path)
    }

    /// The inference engine's libraries, likewise.
    static func engine(_ path: String) throws -> URL {
        try path.isEmpty ? Installation.locate().engineDirectory : URL(filePath: path)
    }
}
