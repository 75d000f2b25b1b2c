import Augmentation
import Datasets
import Faces
import Pixels

/// Which faces are shown to the frozen trunk, and altered how.
struct StageSample: Codable, Hashable, Sendable {
    /// How a face is shown.
    enum Kind: String, Codable, Sendable {
        /// As it is.
        case plain
        /// As another camera might have seen it.
        case altered
        /// With a mask, as another camera might have seen it.
        case covered
        /// With a mask, otherwise as it is.
        case masked
        /// With a mask of the designs that are kept for tests, otherwise as it is.
        case unseen
    }

    /// Which face of the archive.
    var entry: Int
    /// The person's number among those of its part.
    var person: Int
    /// Whether the person is held out.
    var isHeldOut: Bool
    /// How the face is shown.
    var kind: Kind
    /// What the alteration is drawn from.
    var seed: UInt64
}

/// The choice of faces and alterations for a stage cache.
struct StagePlan {
    let split: SubjectSplit
    let samples: [StageSample]

    init(_ archive: FaceArchive, _ settings: StageSettings) {
        split = SubjectSplit(dealing: archive.identities, validation: settings.heldOut, seed: settings.splitSeed)
        var samples: [StageSample] = []
        for (isHeldOut, people) in [(false, split.training), (true, split.validation)] {
            for (number, person) in people.enumerated() {
                var generator = SeededGenerator(seed: settings.splitSeed).split(number + (isHeldOut ? 1 << 20 : 0))
                var entries = archive.indices(of: [person])
                generator.shuffle(&entries)
                for entry in entries.prefix(settings.picturesPerPerson).sorted() {
                    var kinds: [StageSample.Kind] = [.plain]
                    if isHeldOut {
                        kinds.append(.masked)
                    } else {
                        kinds += Array(repeating: .altered, count: settings.altered)
                        kinds += Array(repeating: .covered, count: settings.covered)
                    }
                    for kind in kinds {
                        samples.append(
                            StageSample(
                                entry: entry, person: number, isHeldOut: isHeldOut, kind: kind, seed: generator.next()))
                    }
                    if isHeldOut, var last = samples.last {
                        last.kind = .unseen
                        samples.append(last)
                    }
                }
            }
        }
        self.samples = samples
    }
}

extension StageSample {
    /// The crop as the trunk sees it, and the context of the altered face.
    func shown(of archive: FaceArchive, template: AlignmentTemplate) throws -> (Image, ContextVector) {
        let entry = archive.entries[entry]
        let picture = try archive.image(at: self.entry)
        let plan = policy.plan(seed: seed, covers: kind == .unseen ? .testing : .training)
        let (image, landmarks) = try plan.applied(to: picture, faces: [entry.face.landmarks])
        var face = entry.face
        face.landmarks = landmarks[0]
        if plan.isMirrored { face.box.x = Float(picture.width) - face.box.x - face.box.width }
        var context = try ContextVector(of: face, in: image)
        // The archive's crop has been scaled; what counts is the face in the photograph.
        context.size = entry.sizeInPicture
        context.maskProbability = plan.cover == nil ? 0 : 1
        return (try face.aligned(in: image, to: template).image, context)
    }

    private var policy: AugmentationPolicy {
        switch kind {
        case .plain: .none
        case .altered: Self.camera
        case .covered: AugmentationPolicy([AugmentationPolicy.Step(.mask, probability: 1)] + Self.camera.steps)
        case .masked, .unseen: AugmentationPolicy([AugmentationPolicy.Step(.mask, probability: 1)])
        }
    }

    /// The standard policy without covers: these are dealt out by kind.
    private static let camera = AugmentationPolicy(
        AugmentationPolicy.standard.steps.filter { ![.mask, .occluder].contains($0.kind) })
}
