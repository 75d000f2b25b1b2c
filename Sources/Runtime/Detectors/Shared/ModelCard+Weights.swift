import Faces
import Foundation

extension ModelCard {
    /// The card's only file of weights.
    ///
    /// - Throws: ``DetectorError/wrongWeights(_:needed:)`` if there is not exactly one.
    func onlyWeights(in directory: URL) throws(DetectorError) -> URL {
        guard let file = weights.first?.file, weights.count == 1 else {
            throw .wrongWeights(name, needed: "one file of weights")
        }
        return directory.appending(path: file)
    }
}
