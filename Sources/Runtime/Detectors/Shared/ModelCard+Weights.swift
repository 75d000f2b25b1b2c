import Faces
import Foundation

extension ModelCard {
    /// Returns the location of the card's only weights file.
    ///
    /// - Throws: ``DetectorError/wrongWeights(_:needed:)`` if there is not exactly one.
    func onlyWeights(in directory: URL) throws(DetectorError) -> URL {
        guard let file = weights.first?.file, weights.count == 1 else {
            throw .wrongWeights(name, needed: "one weights file")
        }
        return directory.appending(path: file)
    }
}
