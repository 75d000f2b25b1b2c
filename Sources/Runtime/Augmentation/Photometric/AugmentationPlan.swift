public import Faces
import LikenessSupport
public import Pixels

/// The alterations of one picture: drawn at random from a policy, then applied.
///
/// ```swift
/// let plan = AugmentationPolicy.standard.plan(seed: seed, covers: .training)
/// let input = try plan.aligned(crop, face: face, to: template)           // one warp for alignment and jitter
/// ```
public struct AugmentationPlan: Sendable {
    /// The cover to draw on the face; `nil` for none.
    public internal(set) var cover: (any FaceCover)?
    /// The steps in words, with their strengths: `rotation 3.2`.
    public internal(set) var steps: [String] = []
    /// The index in ``steps`` of the cover; `nil` if there is none.
    private var coverStep: Int?
    /// Whether the picture is mirrored.
    public internal(set) var isMirrored = false

    var rotation: Float = 0
    var scale: Float = 1
    var shift: SIMD2<Float> = .zero
    var tone = Tone()
    var darkness: Float?
    var blur: Float?
    var motion: (length: Float, angle: Float)?
    var downscale: Float?
    var noise: Float?
    var quality: Int?
    var pixelation: Int?
    var levels: Int?
    let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// Returns a face aligned to `template` and altered.
    ///
    /// - Parameters:
    ///   - picture: The picture with the face.
    ///   - face: The face, in the picture's pixels.
    ///   - template: The alignment template.
    /// - Throws: `FaceError.degenerateLandmarks` if the face can't be aligned.
    public func aligned(_ picture: Image, face: Face, to template: AlignmentTemplate) throws -> Image {
        let covered = try cover?.drawn(on: picture, at: face.landmarks, seed: coverSeed).image ?? picture
        let align = try face.transform(to: template)
        let size = template.size
        return finished(covered.warped(by: jitter(width: size, height: size)(align), width: size, height: size))
    }

    /// Returns a whole picture with its faces, altered; it keeps its size.
    ///
    /// - Parameters:
    ///   - picture: Any picture: a photograph or a crop.
    ///   - faces: The landmarks of the faces that covers are drawn on.
    /// - Returns: The picture, and its landmarks in the order of `faces`.
    /// - Throws: `FaceError.degenerateLandmarks` if landmarks do not form a face.
    public func applied(to picture: Image, faces: [Landmarks]) throws -> (image: Image, landmarks: [Landmarks]) {
        var image = picture
        if let cover {
            for (index, face) in faces.enumerated() {
                image = try cover.drawn(on: image, at: face, seed: coverSeed &+ UInt64(index)).image
            }
        }
        let move = jitter(width: image.width, height: image.height)
        if !isStill { image = image.warped(by: move, width: image.width, height: image.height) }
        let moved = faces.map { face -> Landmarks in
            let turned = face.mapped { move($0) }
            return isMirrored ? turned.mirrored(width: image.width) : turned
        }
        return (finished(image), moved)
    }

    /// Returns the steps applied to a picture with this number of faces: ``steps``, without the cover if there is no
    /// face.
    public func steps(onFaces count: Int) -> [String] {
        guard count == 0, let coverStep else { return steps }
        return steps.indices.filter { $0 != coverStep }.map { steps[$0] }
    }

    private var coverSeed: UInt64 { SeededGenerator(seed: seed).split(1).peek }
    private var isStill: Bool { rotation == 0 && scale == 1 && shift == .zero }

    /// Returns the transform that rotates and scales about the middle, then shifts.
    func jitter(width: Int, height: Int) -> SimilarityTransform {
        guard !isStill else { return .identity }
        let radians = rotation * .pi / 180
        let a = scale * MaskShape.cosine(radians), b = scale * MaskShape.sine(radians)
        let x = Float(width - 1) / 2, y = Float(height - 1) / 2
        let side = Float(min(width, height))
        return SimilarityTransform(
            a: a, b: b, tx: x - a * x + b * y + shift.x * side, ty: y - b * x - a * y + shift.y * side)
    }

    /// Returns the picture mirrored, and with its light, colors, sharpness and noise altered.
    private func finished(_ picture: Image) -> Image {
        var generator = SeededGenerator(seed: seed).split(2)
        var image = isMirrored ? picture.mirrored() : picture
        image = tone.applied(to: image)
        if let blur { image = image.blurred(sigma: blur) }
        if let motion { image = image.motionBlurred(length: motion.length, angle: motion.angle) }
        if let darkness { image = image.darkened(stops: darkness, using: &generator) }
        if let downscale { image = image.coarsened(factor: downscale) }
        if let noise { image = image.noisy(sigma: noise, using: &generator) }
        if let pixelation { image = image.pixelated(side: pixelation) }
        if let levels { image = image.posterized(levels: levels) }
        if let quality { image = image.recompressed(quality: quality) }
        return image
    }
}

extension AugmentationPolicy {
    /// Draws a plan from this policy.
    ///
    /// - Parameters:
    ///   - seed: The seed. The same seed and covers give the same plan.
    ///   - covers: The masks and occluders to choose from.
    public func plan(seed: UInt64, covers: CoverSet = .training) -> AugmentationPlan {
        var plan = AugmentationPlan(seed: seed)
        let generator = SeededGenerator(seed: seed).split(0)
        for (index, kind) in Kind.allCases.enumerated() {
            guard let step = steps.first(where: { $0.kind == kind }) else { continue }
            // Each kind has its own random numbers, so that adding a step does not change the others.
            var numbers = generator.split(index)
            guard numbers.happens(step.probability) else { continue }
            plan.add(step, covers: covers, using: &numbers)
        }
        return plan
    }
}

extension AugmentationPlan {
    mutating func add(_ step: AugmentationPolicy.Step, covers: CoverSet, using numbers: inout SeededGenerator) {
        let strength = step.range.map { numbers.number(in: $0) } ?? 0
        switch step.kind {
        case .mask: cover = covers.mask(using: &numbers)
        // A mask hides enough by itself, so no occluder is added to it.
        case .occluder: cover = cover ?? covers.occluder(using: &numbers)
        case .flip: isMirrored = true
        case .rotation: rotation = strength
        case .scale: scale = strength
        case .shift: shift = [strength, step.range.map { numbers.number(in: $0) } ?? 0]
        case .brightness: tone.brightness = strength
        case .contrast: tone.contrast = strength
        case .saturation: tone.saturation = strength
        case .hue: tone.hue = strength
        case .darkness: darkness = strength
        case .blur: blur = strength
        case .motion: motion = (strength, numbers.number(in: Span(0, 180)))
        case .downscale: downscale = strength
        case .noise: noise = strength
        case .jpeg: quality = Int(strength.rounded())
        case .pixelation: pixelation = Int(strength.rounded())
        case .posterization: levels = Int(strength.rounded())
        }
        let isCover = step.kind == .mask || step.kind == .occluder
        if isCover {
            // If both a mask and an occluder are chosen, only one is drawn and reported.
            guard let cover, coverStep == nil else { return }
            coverStep = steps.count
            steps.append(cover.name)
        } else {
            steps.append(step.range == nil ? step.kind.rawValue : "\(step.kind.rawValue) \(Self.short(strength))")
        }
    }

    private static func short(_ value: Float) -> String { "\((value * 100).rounded() / 100)" }
}

extension SeededGenerator {
    /// The next number, without consuming it.
    var peek: UInt64 {
        var copy = self
        return copy.next()
    }
}

extension Landmarks {
    /// Returns the landmarks in the mirrored picture, with left and right swapped.
    func mirrored(width: Int) -> Landmarks {
        func flipped(_ point: Point) -> Point { Point(x: Float(width - 1) - point.x, y: point.y) }
        return Landmarks(
            leftEye: flipped(rightEye), rightEye: flipped(leftEye), nose: flipped(nose),
            leftMouth: flipped(rightMouth), rightMouth: flipped(leftMouth))
    }
}

extension Image {
    /// Returns the picture written as JPEG and read again; unchanged if JPEG does not support its size.
    func recompressed(quality: Int) -> Image {
        guard let bytes = try? encoded(as: .jpeg(quality: quality)), let image = try? Image(decoding: bytes) else {
            return self
        }
        return image
    }
}

extension SimilarityTransform {
    /// Returns the transform that applies `other` first, then this one.
    func callAsFunction(_ other: SimilarityTransform) -> SimilarityTransform {
        let moved = self(Point(x: other.tx, y: other.ty))
        return SimilarityTransform(
            a: a * other.a - b * other.b, b: a * other.b + b * other.a, tx: moved.x, ty: moved.y)
    }
}
