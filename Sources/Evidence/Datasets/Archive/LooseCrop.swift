public import Faces
import Foundation
public import Pixels

/// A face with enough around it that it can later be turned, shifted and brought to any template.
public struct LooseCrop: Hashable, Sendable {
    /// How a crop is cut and kept.
    public struct Settings: Hashable, Codable, Sendable {
        /// The longest side, in pixels; larger crops are shrunk to it.
        public var side: Int
        /// Side of the square that is cut, as a multiple of the longer side of the detector's box.
        public var extent: Float
        /// JPEG's quality for crops that have to be encoded, 1...100. JPEG is decoded twice as fast as WebP.
        public var quality: Int

        /// 192 pixels, 1.7 boxes and quality 95 unless told otherwise: at 160 pixels FaceNet's tightest template
        /// (`box-160-0.0`) enlarges such a crop by 1.4, ArcFace's 112 pixels shrink it.
        public init(side: Int = 192, extent: Float = 1.7, quality: Int = 95) {
            precondition(side > 0 && extent >= 1 && (1...100).contains(quality), "a crop holds its face")
            self.side = side
            self.extent = extent
            self.quality = quality
        }
    }

    /// The crop's file: JPEG, PNG or WebP.
    public let bytes: [UInt8]
    /// The face in the crop's pixels.
    public let face: Face
    /// Pixels of the crop to one of the picture.
    public let scale: Float

    /// Cuts `face` out of the picture in `picture`.
    ///
    /// A picture that is no larger than `settings.side` is kept byte for byte: nothing is lost by encoding it anew. The
    /// square is cut off at the picture's edges, so that no black bars are stored.
    ///
    /// - Parameters:
    ///   - picture: The bytes of a picture's file.
    ///   - face: Where the face is in the upright picture.
    ///   - settings: How the crop is cut and kept.
    ///   - limits: What pictures are accepted.
    /// - Throws: `ImageError` if the bytes are no picture; `FaceError.degenerateLandmarks` for a face without extent or
    ///   outside the picture.
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

    /// Returns the square around `box`, in whole pixels, cut off at the picture's edges.
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
    /// A box counts from the pixels' edges, landmarks from their centers.
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
