public import Faces
import LikenessSupport
public import Pixels

/// What is done to one picture: drawn from a policy, then applied.
///
/// ```swift
/// let plan = AugmentationPolicy.standard.plan(seed: seed, covers: .training)
/// let input = try plan.aligned(crop, face: face, to: template)           // one warp for alignment and jitter
/// ```
public struct AugmentationPlan: Sendable {
    /// What is drawn on the face; `nil` for nothing.
    public internal(set) var cover: (any FaceCover)?
    /// What is done, in words and with its strengths: `rotation 3.2`.
    public internal(set) var steps: [String] = []
    /// The place among ``steps`` of what is drawn on faces; `nil` if nothing is.
    private var coverStep: Int?
    /// Whether left and right change places.
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
    let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// Returns a face brought to `template`, altered on the way; the face stands in for the altered one's in what is
    /// returned.
    ///
    /// - Parameters:
    ///   - picture: The picture that the face is in.
    ///   - face: The face, in the picture's pixels.
    ///   - template: What it is aligned to.
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
    ///   - faces: The landmarks of the faces that something is drawn on.
    /// - Returns: The picture, and where the landmarks are in it, in the order of `faces`.
    /// - Throws: `FaceError.degenerateLandmarks` if landmarks are those of no face.
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

    /// What was done to a picture: ``steps`` without what is drawn on faces, where there was no face.
    public func steps(onFaces count: Int) -> [String] {
        guard count == 0, let coverStep else { return steps }
        return steps.indices.filter { $0 != coverStep }.map { steps[$0] }
    }

    private var coverSeed: UInt64 { SeededGenerator(seed: seed).split(1).peek }
    private var isStill: Bool { rotation == 0 && scale == 1 && shift == .zero }

    /// Turns and scales about the middle, then shifts.
    func jitter(width: Int, height: Int) -> SimilarityTransform {
        guard !isStill else { return .identity }
        let radians = rotation * .pi / 180
        let a = scale * MaskShape.cosine(radians), b = scale * MaskShape.sine(radians)
        let x = Float(width - 1) / 2, y = Float(height - 1) / 2
        let side = Float(min(width, height))
        return SimilarityTransform(
            a: a, b: b, tx: x - a * x + b * y + shift.x * side, ty: y - b * x - a * y + shift.y * side)
    }

    /// Mirrors the picture and alters its light, colors, sharpness and noise.
    private func finished(_ picture: Image) -> Image {
        var generator = SeededGenerator(seed: seed).split(2)
        var image = isMirrored ? picture.mirrored() : picture
        image = tone.applied(to: image)
        if let blur { image = image.blurred(sigma: blur) }
        if let motion { image = image.motionBlurred(length: motion.length, angle: motion.angle) }
        if let darkness { image = image.darkened(stops: darkness, using: &generator) }
        if let downscale { image = image.coarsened(factor: downscale) }
        if let noise { image = image.noisy(sigma: noise, using: &generator) }
        if let quality { image = image.recompressed(quality: quality) }
        return image
    }
}

extension AugmentationPolicy {
    /// What is done to a picture by this policy.
    ///
    /// - Parameters:
    ///   - seed: The same seed and covers give the same plan.
    ///   - covers: The masks and occluders that are drawn from.
    public func plan(seed: UInt64, covers: CoverSet = .training) -> AugmentationPlan {
        var plan = AugmentationPlan(seed: seed)
        let generator = SeededGenerator(seed: seed).split(0)
        for (index, kind) in Kind.allCases.enumerated() {
            guard let step = steps.first(where: { $0.kind == kind }) else { continue }
            // Each kind has numbers of its own: a step that is added leaves the others as they were.
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
        // A mask hides enough by itself.
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
        }
        let isCover = step.kind == .mask || step.kind == .occluder
        if isCover {
            // Of a mask and an occluder one is drawn, and said.
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
    /// The next number, without drawing it.
    var peek: UInt64 {
        var copy = self
        return copy.next()
    }
}

extension Landmarks {
    /// Returns where the landmarks are in the mirrored picture: left and right change places.
    func mirrored(width: Int) -> Landmarks {
        func flipped(_ point: Point) -> Point { Point(x: Float(width - 1) - point.x, y: point.y) }
        return Landmarks(
            leftEye: flipped(rightEye), rightEye: flipped(leftEye), nose: flipped(nose),
            leftMouth: flipped(rightMouth), rightMouth: flipped(leftMouth))
    }
}

extension Image {
    /// Returns the picture written as JPEG and read again; as it is where JPEG can't hold it.
    func recompressed(quality: Int) -> Image {
        guard let bytes = try? encoded(as: .jpeg(quality: quality)), let image = try? Image(decoding: bytes) else {
            return self
        }
        return image
    }
}

extension SimilarityTransform {
    /// First `other`, then this one.
    func callAsFunction(_ other: SimilarityTransform) -> SimilarityTransform {
        let moved = self(Point(x: other.tx, y: other.ty))
        return SimilarityTransform(
            a: a * other.a - b * other.b, b: a * other.b + b * other.a, tx: moved.x, ty: moved.y)
    }
}
