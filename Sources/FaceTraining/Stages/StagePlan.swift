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
        /// With a mask that a generator put on, as another camera might have seen it.
        case generated
        /// The sample before it, its mask taken off by a generator.
        case completed
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
    /// For a completed face, how it was shown before the mask was taken off.
    var original: Kind?
}

/// The choice of faces and alterations for a stage cache.
struct StagePlan {
    let split: SubjectSplit
    let samples: [StageSample]

    init(_ archive: FaceArchive, _ choice: some SampleChoice) {
        split = SubjectSplit(dealing: archive.identities, validation: choice.heldOut, seed: choice.splitSeed)
        var samples: [StageSample] = []
        for (isHeldOut, people) in [(false, split.training), (true, split.validation)] {
            for (number, person) in people.enumerated() {
                var generator = SeededGenerator(seed: choice.splitSeed).split(number + (isHeldOut ? 1 << 20 : 0))
                var entries = archive.indices(of: [person])
                generator.shuffle(&entries)
                for entry in entries.prefix(choice.picturesPerPerson).sorted() {
                    let shown = Self.seeds(isHeldOut ? [.plain, .masked] : choice.trainingKinds, &generator)
                    for (kind, seed) in isHeldOut ? shown + Self.unseen(after: shown) : shown {
                        let sample = StageSample(
                            entry: entry, person: number, isHeldOut: isHeldOut, kind: kind, seed: seed)
                        samples.append(sample)
                        if choice.completes { samples += sample.completed }
                    }
                }
            }
        }
        self.samples = samples
    }

    private static func seeds(
        _ kinds: [StageSample.Kind], _ generator: inout SeededGenerator
    ) -> [(StageSample.Kind, UInt64)] {
        kinds.map { ($0, generator.next()) }
    }

    /// The mask of a design that is kept for tests sits as the one before it.
    private static func unseen(after shown: [(StageSample.Kind, UInt64)]) -> [(StageSample.Kind, UInt64)] {
        shown.last.map { [(.unseen, $0.1)] } ?? []
    }
}

extension SampleChoice {
    /// How each picture of a person who is trained on is shown.
    fileprivate var trainingKinds: [StageSample.Kind] {
        [.plain] + Array(repeating: .altered, count: altered) + Array(repeating: .covered, count: covered)
            + Array(repeating: .generated, count: generated)
    }
}

extension StageSample {
    /// The same face with its mask taken off; nothing where it wears none.
    fileprivate var completed: [StageSample] {
        guard [.covered, .masked, .unseen, .generated].contains(kind) else { return [] }
        var sample = self
        (sample.kind, sample.original) = (.completed, kind)
        return [sample]
    }
}

extension StageSample {
    /// The crop as a network sees it, and the context of the altered face.
    ///
    /// - Parameter artists: What generates masks and completes faces, where samples ask for it.
    func shown(
        of archive: FaceArchive, template: AlignmentTemplate, artists: StageArtists = StageArtists()
    ) throws -> (Image, ContextVector) {
        let entry = archive.entries[entry]
        let shown = original ?? kind
        var picture = try archive.image(at: self.entry)
        if shown == .generated { picture = try artists.masked(picture, entry.face, seed: seed) }
        let plan = Self.policy(of: shown).plan(seed: seed, covers: shown == .unseen ? .testing : .training)
        var (image, landmarks) = try plan.applied(to: picture, faces: [entry.face.landmarks])
        var face = entry.face
        face.landmarks = landmarks[0]
        if plan.isMirrored { face.box.x = Float(picture.width) - face.box.x - face.box.width }
        if kind == .completed { image = try artists.completed(image, face) }
        var context = try ContextVector(of: face, in: image)
        // The archive's crop has been scaled; what counts is the face in the photograph.
        context.size = entry.sizeInPicture
        context.maskProbability = plan.cover == nil && kind != .generated ? 0 : 1
        return (try face.aligned(in: image, to: template).image, context)
    }

    private static func policy(of kind: Kind) -> AugmentationPolicy {
        switch kind {
        case .plain: .none
        case .altered, .generated: camera
        case .covered: AugmentationPolicy([AugmentationPolicy.Step(.mask, probability: 1)] + camera.steps)
        case .masked, .unseen: AugmentationPolicy([AugmentationPolicy.Step(.mask, probability: 1)])
        case .completed: preconditionFailure("a completed face is shown as it was before")
        }
    }

    /// The standard policy without covers: these are dealt out by kind.
    private static let camera = AugmentationPolicy(
        AugmentationPolicy.standard.steps.filter { ![.mask, .occluder].contains($0.kind) })
}
