/// How the pixels of a resized picture are made from the original's.
public enum ResizeMethod: String, CaseIterable, Codable, Sendable {
    /// The mean of what each new pixel covers, parts of pixels by their share: OpenCV's `INTER_AREA`. A side that grows
    /// is interpolated as by ``bilinear``. The choice for shrinking.
    case area
    /// The plain mean of every pixel that each new pixel touches: PyTorch's adaptive average pooling, on which
    /// facenet-pytorch's MTCNN rests.
    ///
    /// Equal to ``area`` if the sides shrink by whole numbers.
    case adaptiveAverage
    /// Linear between the four nearest pixels, which lie half a pixel inside the edges: OpenCV's `INTER_LINEAR`.
    case bilinear
}
