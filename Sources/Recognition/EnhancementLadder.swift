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
        var image: Image
    }

    private let steps: [AppliedEnhancement]

    init(_ enhancement: RecognizerConfiguration.Enhancement) {
        steps =
            switch enhancement {
            case .auto: [.none, .gamma, .clahe]
            case .off: [.none]
            case .clahe: [.clahe]
            }
    }

    /// The faces of the first look that finds any; else none, with the picture as it is.
    func faces(in image: Image, by detector: any FaceDetector) async throws -> Look {
        for step in steps where step != .gamma || image.meanLuminance < Self.darkest {
            let seen = Self.apply(step, to: image)
            let faces = try await detector.faces(in: seen)
            if !faces.isEmpty { return Look(faces: faces, enhancement: step, image: seen) }
        }
        return Look(faces: [], enhancement: .none, image: image)
    }

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

extension Image {
    /// 0...1.
    fileprivate var meanLuminance: Float {
        let luminance = luminance
        return Float(luminance.reduce(0) { $0 + Int($1) }) / Float(luminance.count) / 255
    }
}
