public import Pixels

/// Finds faces in pictures.
public protocol FaceDetector: Sendable {
    /// The detector's name as `--detector` takes it and results report it: `yunet`, `mtcnn`, `retinaface`.
    var name: String { get }

    /// The numeric precision that runs, as results report it: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// The faces of `image`, most confident first; none is `[]`.
    func faces(in image: Image) async throws -> [Face]
}
