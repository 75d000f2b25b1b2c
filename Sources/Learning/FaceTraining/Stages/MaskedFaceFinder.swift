import Detectors
import Faces
import Foundation
import Inference
import Pixels

/// A detector of faces with drawn masks, for boxes as in photographs: a detector's box lies higher on a masked face
/// than on the bare one (on average by 4.5 % of its side, on LFW with YuNet) and fits less tightly.
struct MaskedFaceFinder {
    private let detector: YuNetDetector

    /// The smallest overlap (intersection over union) at which a detected face is the known one.
    static let sameFace: Float = 0.4

    init(_ finder: StageSettings.Finder, engine: Engine, models: URL) throws {
        let folder = models.appending(path: finder.rawValue)
        guard FileManager.default.fileExists(atPath: folder.appending(path: "model.onnx").path) else {
            throw FaceTrainingError.missing(folder.path)
        }
        detector = try YuNetDetector(
            engine: engine, directory: folder,
            network: NetworkConfiguration(streams: ProcessInfo.processInfo.activeProcessorCount))
    }

    /// Replaces the known face by the detected one; keeps it if the detector does not find it.
    func find(_ drawn: inout DrawnSample) async throws {
        let known = drawn.face.box
        let found = try await detector.faces(in: drawn.image)
        func overlap(_ face: Face) -> Float { face.box.overlap(with: known) }
        guard let best = found.max(by: { overlap($0) < overlap($1) }), overlap(best) >= Self.sameFace else { return }
        drawn.face = best
    }
}
