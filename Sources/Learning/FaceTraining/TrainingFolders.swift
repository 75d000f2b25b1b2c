import Foundation
import Recognition

/// The folders of models and engine: those in a run's settings, otherwise those of the installation.
enum TrainingFolders {
    /// Returns the folder of models.
    ///
    /// - Parameter path: The path in the run's settings; empty for the installation's folder.
    /// - Throws: `RecognitionError.notInstalled` if the path is empty and there is no installation.
    static func models(_ path: String) throws -> URL {
        try path.isEmpty ? Installation.locate().root.appending(path: "models") : URL(filePath: path)
    }

    /// Returns the folder of the inference engine's libraries.
    static func engine(_ path: String) throws -> URL {
        try path.isEmpty ? Installation.locate().engineDirectory : URL(filePath: path)
    }
}
