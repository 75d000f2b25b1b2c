public import Foundation
import LikenessSupport
public import Recognition
import Tensors

extension Diagnosis.Check {
    /// Checks the training engine of an installation. It may be missing, because only training needs it, but it must
    /// not be damaged.
    ///
    /// - Parameter library: The shim's file, as found by `Installation.locateTrainingEngine`.
    public static func trainingEngine(_ library: URL) -> Diagnosis.Check {
        let name = "training engine"
        do {
            try TrainingEngine.open(library: library)
            let devices = Device.allCases.filter { (try? TrainingEngine.require($0)) != nil }.map(\.rawValue)
            return Diagnosis.Check(
                name: name, passed: true,
                detail: "libtorch \(TrainingEngine.version); devices: \(devices.joined(separator: ", "))")
        } catch .missing(let path) {
            return Diagnosis.Check(
                name: name, passed: true,
                detail: "not installed (\(path)); only training needs it: run scripts/setup --training")
        } catch {
            return Diagnosis.Check(name: name, passed: false, detail: error.description)
        }
    }
}
