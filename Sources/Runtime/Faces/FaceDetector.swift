public import Pixels

/// Finds faces in pictures.
public protocol FaceDetector: Sendable {
    /// The detector's name as `--detector` takes it and results report it: `yunet`, `mtcnn`, `retinaface`.
    var name: String { get }

    /// The numeric precision that runs, as results report it: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// The longest side of what the detector really looks at, in pixels: larger pictures are shrunk to it first, so
    /// that they need not be decoded more finely.
    ///
    /// `nil` if every pixel is looked at.
    var longestSide: Int? { get }

    /// Returns the faces of `image`, most confident first, in its pixels; none is `[]`.
    func faces(in image: Image) async throws -> [Face]

    /// Returns the faces of `image` of which `selection` then selects.
    ///
    /// A detector may leave out faces that would not be selected, to save time; ask for ``FaceSelection/all`` to get
    /// every face.
    func faces(in image: Image, for selection: FaceSelection) async throws -> [Face]
}

extension FaceDetector {
    /// Every pixel is looked at.
    public var longestSide: Int? { nil }

    /// Returns all faces.
    public func faces(in image: Image, for selection: FaceSelection) async throws -> [Face] {
        try await faces(in: image)
    }
}
