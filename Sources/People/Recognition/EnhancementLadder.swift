import Faces
import Foundation
import Pixels

/// The looks that are taken at a picture until a face is found.
struct EnhancementLadder: Sendable {
    /// What a look has found.
    struct Look: Sendable {
        var faces: [Face]
        var enhancement: AppliedEnhancement
        /// The picture that was looked at.
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

    /// The faces of the first look that finds any, in the full picture's pixels; else none, with the picture as it is.
    ///
    /// - Parameter selection: Which of them are wanted: others may be left out.
    func faces(
        in picture: ScaledImage, by detector: any FaceDetector, for selection: FaceSelection
    ) async throws -> Look {
        // What follows from the picture's size: it twice enhanced, its luminance, the detector's shrunk copy and sums.
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

    /// What detectors need for each pixel that they look at: MTCNN's sums take 16 bytes, its pyramid 24 more.
    private static let detectorBytes = 40
    /// What detectors need whatever the picture's size is, in bytes.
    private static let detectorMemory = 16 << 20

    /// `image` enhanced as `step` says.
    static func apply(_ step: AppliedEnhancement, to image: Image) -> Image {
        switch step {
        case .none: image
        case .clahe: image.equalized()
        case .gamma: raised(image)
        }
    }

    /// A dark picture, smoothed and brought to a mean luminance of about 0.4.
    ///
    /// What is raised in a dark picture is above all the noise, and noise is what a detector fails on: of faces seven
    /// stops too dark, gamma alone finds six in ten, after smoothing it finds more than nine.
    private static func raised(_ image: Image) -> Image {
        let smooth = image.smoothed(sigma: 1.5)
        let mean = min(max(smooth.meanLuminance, 0.001), 0.99)
        let gamma = log(0.4) / log(mean)
        return smooth.gammaCorrected(min(max(gamma, 0.1), 1))
    }

    /// Pictures at least as light as this, 0...1, are not raised.
    private static let darkest: Float = 0.3
}

extension Face {
    /// The face in the full picture's pixels, from those of `picture`. Detectors count all coordinates from pixels' edges.
    fileprivate func mapped(from picture: ScaledImage) -> Face {
        mapped(scale: Float(picture.reduction), dx: Float(picture.x), dy: Float(picture.y))
    }
}

extension Image {
    /// 0...1.
    fileprivate var meanLuminance: Float {
        let luminance = luminance
        return Float(luminance.reduce(0) { $0 + Int($1) }) / Float(luminance.count) / 255
    }
}
