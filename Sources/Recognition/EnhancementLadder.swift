import Faces
import Pixels

/// The looks that are taken at a picture until a face is found.
struct EnhancementLadder: Sendable {
    /// What a look has found.
    struct Look: Sendable {
        var faces: [Face]
        var enhancement: AppliedEnhancement
    }

    private let steps: [AppliedEnhancement]

    init(_ enhancement: RecognizerConfiguration.Enhancement) {
        steps =
            switch enhancement {
            case .auto: [.none, .clahe, .gamma]
            case .off: [.none]
            case .clahe: [.clahe]
            }
    }

    /// The faces of the first look that finds any; else none, with the picture as it is.
    func faces(in image: Image, by detector: any FaceDetector) async throws -> Look {
        for step in steps {
            let faces = try await detector.faces(in: Self.apply(step, to: image))
            if !faces.isEmpty { return Look(faces: faces, enhancement: step) }
        }
        return Look(faces: [], enhancement: .none)
    }

    /// `image` enhanced as `step` says.
    static func apply(_ step: AppliedEnhancement, to image: Image) -> Image {
        switch step {
        case .none: image
        case .clahe: image.equalized()
        case .gamma: image.gammaCorrected(Self.gamma)
        }
    }

    /// The exponent for dark pictures: a grey level of 10 becomes 70.
    private static let gamma: Float = 0.4
}
