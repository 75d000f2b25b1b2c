import Faces
import Foundation
import Pixels

/// A sequence of enhancements with which a picture is searched until a face is found.
struct EnhancementLadder: Sendable {
    /// The result of searching a picture with one enhancement.
    struct Look: Sendable {
        var faces: [Face]
        var enhancement: AppliedEnhancement
        /// The picture that was searched.
        var picture: ScaledImage
    }

    private let steps: [AppliedEnhancement]

    init(_ enhancement: FaceFinderConfiguration.Enhancement) {
        steps =
            switch enhancement {
            case .auto: [.none, .gamma, .clahe]
            case .off: [.none]
            case .clahe: [.clahe]
            }
    }

    /// Returns the faces from the first enhancement with which any are found, in pixels of the full picture. If none
    /// are found, returns no faces and the picture as it is.
    ///
    /// - Parameter selection: The faces that are wanted; others may be left out.
    func faces(
        in picture: ScaledImage, by detector: any FaceDetector, for selection: FaceSelection
    ) async throws -> Look {
        // Memory that depends on the picture's size: two enhanced copies, the luminance, and the detector's reduced
        // copy and sums.
        let pixels = picture.image.width * picture.image.height
        let looked = detector.longestSide.map { min($0 * $0, pixels) } ?? pixels
        try Memory.check(pixels * 9 + looked * Self.detectorBytes + Self.detectorMemory)
        for step in steps where step != .gamma || picture.image.meanLuminance < Self.darkest {
            var seen = picture
            seen.image = Self.apply(step, to: picture.image)
            let faces = try await detector.faces(in: seen.image, for: selection)
            guard faces.isEmpty else {
                return Look(
                    faces: faces.map { $0.mapped(from: picture) }, enhancement: step, picture: seen)
            }
        }
        return Look(faces: [], enhancement: .none, picture: picture)
    }

    /// The memory a detector needs for each pixel it searches, in bytes: MTCNN's sums take 16, its image pyramid 24.
    private static let detectorBytes = 40
    /// The memory a detector needs for a picture of any size, in bytes.
    private static let detectorMemory = 16 << 20

    /// Returns `image` with the enhancement `step`.
    static func apply(_ step: AppliedEnhancement, to image: Image) -> Image {
        switch step {
        case .none: image
        case .clahe: image.equalized()
        case .gamma: raised(image)
        }
    }

    /// Returns a dark picture smoothed and brightened to a mean luminance of about 0.4.
    ///
    /// Brightening a dark picture mostly amplifies noise, and noise makes detectors fail. Of faces seven stops too
    /// dark, gamma alone finds six in ten; with smoothing first, more than nine in ten are found.
    private static func raised(_ image: Image) -> Image {
        let smooth = image.smoothed(sigma: 1.5)
        let mean = min(max(smooth.meanLuminance, 0.001), 0.99)
        let gamma = log(0.4) / log(mean)
        return smooth.gammaCorrected(min(max(gamma, 0.1), 1))
    }

    /// The mean luminance, from 0 to 1, from which pictures are not brightened.
    private static let darkest: Float = 0.3
}

extension Face {
    /// Returns the face in pixels of the full picture, from pixels of `picture`. Detectors count all coordinates from
    /// the edges of pixels.
    fileprivate func mapped(from picture: ScaledImage) -> Face {
        mapped(scale: Float(picture.reduction), dx: Float(picture.x), dy: Float(picture.y))
    }
}

extension Image {
    /// The mean luminance, from 0 to 1.
    fileprivate var meanLuminance: Float {
        let luminance = luminance
        return Float(luminance.reduce(0) { $0 + Int($1) }) / Float(luminance.count) / 255
    }
}
