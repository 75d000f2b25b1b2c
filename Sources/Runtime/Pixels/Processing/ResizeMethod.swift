/// A method of resampling a picture.
public enum ResizeMethod: String, CaseIterable, Codable, Sendable {
    /// The mean over the area that each new pixel covers, pixels weighted by their covered share: OpenCV's
    /// `INTER_AREA`.
    ///
    /// It is the right choice for shrinking. A side that grows is interpolated as by ``bilinear``.
    case area
    /// The plain mean of every pixel that each new pixel touches: PyTorch's adaptive average pooling, used by
    /// facenet-pytorch's MTCNN.
    ///
    /// It equals ``area`` if the sides shrink by whole numbers.
    case adaptiveAverage
    /// Linear interpolation between the four nearest pixels, with pixel centers half a pixel inside the edges: OpenCV's
    /// `INTER_LINEAR`.
    case bilinear
}
