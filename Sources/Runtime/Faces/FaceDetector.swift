public import Pixels

/// Detects faces in pictures.
///
/// ```swift
/// /// Finds nothing; see `Examples/Sources/own-parts` for a complete pipeline.
/// struct BlindDetector: FaceDetector {
///     let name = "blind", precision = "f32"
///
///     func faces(in image: Image) async throws -> [Face] { [] }
/// }
/// ```
public protocol FaceDetector: Sendable {
    /// The detector's name, as reported in results, such as `yunet`.
    var name: String { get }

    /// The numeric precision, as reported in results: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// The longest side of the network's input, in pixels; `nil` if pictures are used at full size.
    ///
    /// Larger pictures are shrunk to it, so they need not be decoded at a higher resolution.
    var longestSide: Int? { get }

    /// Returns the faces of `image`, most confident first, in its pixels; `[]` if there are none.
    func faces(in image: Image) async throws -> [Face]

    /// Returns the faces of `image` from which `selection` then selects.
    ///
    /// To save time, a detector may leave out faces that would not be selected. Use ``FaceSelection/all`` to get every
    /// face.
    func faces(in image: Image, for selection: FaceSelection) async throws -> [Face]
}

extension FaceDetector {
    /// The default, `nil`: pictures are used at full size.
    public var longestSide: Int? { nil }

    /// Returns all faces, whatever the selection.
    public func faces(in image: Image, for selection: FaceSelection) async throws -> [Face] {
        try await faces(in: image)
    }
}
