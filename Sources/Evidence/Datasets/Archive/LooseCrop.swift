public import Faces
import Foundation
public import Pixels

/// A crop of a face with enough margin to rotate and shift it, and to align it to any template, later.
public struct LooseCrop: Hashable, Sendable {
    /// The settings for cutting and encoding crops.
    public struct Settings: Hashable, Codable, Sendable {
        /// The longest side, in pixels; larger crops are shrunk to it.
        public var side: Int
        /// The side of the square crop, as a multiple of the longer side of the detector's box.
        public var extent: Float
        /// The JPEG quality for crops that must be encoded, 1...100.
        ///
        /// JPEG decodes twice as fast as WebP.
        public var quality: Int

        /// Creates settings.
        ///
        /// The default is 192 pixels, 1.7 boxes and quality 95.
        ///
        /// With these, FaceNet's tightest template (`box-160-0.0`, 160 pixels) enlarges a crop by a factor of 1.4, and
        /// ArcFace's template with 112 pixels reduces it.
        public init(side: Int = 192, extent: Float = 1.7, quality: Int = 95) {
            precondition(
                side > 0 && extent >= 1 && (1...100).contains(quality),
                "the side must be positive, the "
                    + "extent 1 or more, and the quality 1 to 100")
            self.side = side
            self.extent = extent
            self.quality = quality
        }
    }

    /// The encoded crop: a JPEG, PNG or WebP file.
    public let bytes: [UInt8]
    /// The face in the crop's pixels.
    public let face: Face
    /// The number of pixels of the crop per pixel of the picture.
    public let scale: Float

    /// Creates a crop by cutting `face` out of `picture`.
    ///
    /// A picture no larger than `settings.side` is kept byte for byte, so that encoding it again loses nothing. The
    /// square ends at the picture's edges, so that no black bars are stored.
    ///
    /// - Parameters:
    ///   - picture: The bytes of a picture's file.
    ///   - face: The face in the upright picture.
    ///   - settings: The settings for cutting and encoding.
    ///   - limits: The limits of accepted pictures.
    /// - Throws: `ImageError` if the bytes are not a picture; `FaceError.degenerateLandmarks` if the landmarks coincide
    ///   or the face is outside the picture.
    public init(
        of picture: [UInt8], face: Face, settings: Settings = Settings(), limits: DecodingLimits = .standard
    ) throws {
        let header = try ImageHeader(decoding: picture)
        guard max(header.width, header.height) > settings.side else {
            self.init(bytes: picture, face: face, scale: 1)
            return
        }
        let image = try Image(decoding: picture, limits: limits)
        let window = try Self.window(around: face.box, in: image, extent: settings.extent)
        let cut = image.cropped(to: window)
        let scale = min(Float(settings.side) / Float(max(cut.width, cut.height)), 1)
        let shrunk = cut.resized(
            width: max(Int((Float(cut.width) * scale).rounded()), 1),
            height: max(Int((Float(cut.height) * scale).rounded()), 1))
        self.init(
            bytes: try shrunk.encoded(as: .jpeg(quality: settings.quality)),
            face: face.moved(left: window.x, top: window.y, scale: scale), scale: scale)
    }

    private init(bytes: [UInt8], face: Face, scale: Float) {
        self.bytes = bytes
        self.face = face
        self.scale = scale
    }

    /// Returns the square around `box`, in whole pixels, clipped to the picture.
    private static func window(around box: Box, in image: Image, extent: Float) throws -> Box {
        let side = max(box.width, box.height) * extent
        guard side.isFinite, side > 0 else { throw FaceError.degenerateLandmarks }
        let left = max((box.center.x - side / 2).rounded(), 0), top = max((box.center.y - side / 2).rounded(), 0)
        let right = min((box.center.x + side / 2).rounded(), Float(image.width))
        let bottom = min((box.center.y + side / 2).rounded(), Float(image.height))
        guard right - left >= 1, bottom - top >= 1 else { throw FaceError.degenerateLandmarks }
        return Box(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension Face {
    /// Returns the face in a crop that begins at `left`, `top` and is then scaled.
    ///
    /// Boxes are measured from pixel edges, landmarks from pixel centers.
    fileprivate func moved(left: Float, top: Float, scale: Float) -> Face {
        Face(
            box: Box(
                x: (box.x - left) * scale, y: (box.y - top) * scale, width: box.width * scale,
                height: box.height * scale),
            confidence: confidence,
            landmarks: landmarks.mapped {
                Point(x: ($0.x - left + 0.5) * scale - 0.5, y: ($0.y - top + 0.5) * scale - 0.5)
            })
    }
}
