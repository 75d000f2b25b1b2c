import Augmentation
import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels

/// A face and its alteration, as input for the frozen trunk.
struct StageSample: Codable, Hashable, Sendable {
    /// The variant of a face.
    enum Kind: String, Codable, Sendable {
        /// The face without alterations.
        case plain
        /// The face with camera alterations.
        case altered
        /// The face with alterations that can make it unusable: strong ones of the camera, covers, and landmarks in
        /// wrong places.
        case degraded
        /// The face with a drawn mask and camera alterations.
        case covered
        /// The face with a drawn mask, otherwise unaltered.
        case masked
        /// The face with a mask of a design that is reserved for tests, otherwise unaltered.
        case unseen
        /// The face with a mask from a generator and camera alterations.
        case generated
        /// The previous sample with its mask taken off by a generator.
        case completed
    }

    /// The index of the face in the archive.
    var entry: Int
    /// The person's number among the training people or among the held-out people.
    var person: Int
    /// Whether the person is held out.
    var isHeldOut: Bool
    /// The variant of the face.
    var kind: Kind
    /// The seed of the alteration.
    var seed: UInt64
    /// For a completed face, the variant before the mask was taken off.
    var original: Kind?
    /// The fold of the picture, if the pictures of the training people are split into folds.
    var fold: Int?
}

/// The selection of faces and alterations for a stage cache.
struct StagePlan {
    /// The names of the training people, by number.
    let trainingPeople: [String]
    /// The names of the held-out people, by number.
    let heldOutPeople: [String]
    let samples: [StageSample]

    init(_ archive: FaceArchive, _ choice: some SampleChoice) {
        let split = SubjectSplit(dealing: archive.identities, validation: choice.heldOut, seed: choice.splitSeed)
        heldOutPeople = split.validation
        let known = Self.mostPhotographed(split.training, archive, limit: choice.people)
        // An unlabeled face counts as a person without other pictures.
        let strangers = archive.entries.indices.filter { archive.entries[$0].identity == nil }
        trainingPeople = known + strangers.map { "unlabelled/\(archive.entries[$0].file)" }
        let pictures = Dictionary(grouping: archive.entries.indices) { archive.entries[$0].identity ?? "" }
        func entries(_ people: [String]) -> [[Int]] { people.map { pictures[$0] ?? [] } }
        var samples: [StageSample] = []
        for (isHeldOut, people) in [(false, entries(known) + strangers.map { [$0] }), (true, entries(heldOutPeople))] {
            for (number, all) in people.enumerated() {
                var generator = SeededGenerator(seed: choice.splitSeed).split(number + (isHeldOut ? 1 << 20 : 0))
                var entries = all
                generator.shuffle(&entries)
                let limit = (isHeldOut ? choice.heldOutPictures : nil) ?? choice.picturesPerPerson
                let chosen = entries.prefix(limit).enumerated().sorted { $0.element < $1.element }
                for (place, entry) in chosen {
                    let fold = isHeldOut || choice.folds == 0 ? nil : place % choice.folds
                    let isTested = isHeldOut || fold != nil
                    let kinds =
                        (isHeldOut ? [.plain] + choice.degradedKinds : choice.trainingKinds)
                        + (isTested ? [.masked] : [])
                    let shown = Self.seeds(kinds, &generator)
                    for (kind, seed) in isTested ? shown + Self.unseen(after: shown) : shown {
                        let sample = StageSample(
                            entry: entry, person: number, isHeldOut: isHeldOut, kind: kind, seed: seed, fold: fold)
                        samples.append(sample)
                        if choice.completes { samples += sample.completed }
                    }
                }
            }
        }
        self.samples = samples
    }

    /// Checks that there are enough training people and held-out people.
    ///
    /// - Throws: ``FaceTrainingError/peopleMissing(_:)``.
    func check(task: String, fewestPeople: Int = PeopleNeeded.fewest, place: String) throws(FaceTrainingError) {
        let heldOut = Dictionary(grouping: samples.filter(\.isHeldOut), by: \.person)
        try PeopleNeeded.check(
            task: task, trained: Set(samples.filter { !$0.isHeldOut }.map(\.person)).count,
            heldOut: heldOut.values.map { Set($0.map(\.entry)).count }, fewestTrained: fewestPeople, place: place)
    }

    /// Returns the people with the most pictures, in their order; all of them if there is no limit.
    private static func mostPhotographed(_ people: [String], _ archive: FaceArchive, limit: Int) -> [String] {
        guard limit > 0, limit < people.count else { return people }
        let counts = Dictionary(grouping: archive.entries.compactMap(\.identity)) { $0 }.mapValues(\.count)
        let ranked = people.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
        let chosen = Set(ranked.prefix(limit))
        return people.filter(chosen.contains)
    }

    private static func seeds(
        _ kinds: [StageSample.Kind], _ generator: inout SeededGenerator
    ) -> [(StageSample.Kind, UInt64)] {
        kinds.map { ($0, generator.next()) }
    }

    /// Returns the variant with a mask of a design that is reserved for tests. It uses the seed of the previous
    /// variant, so that both masks are in the same place.
    private static func unseen(after shown: [(StageSample.Kind, UInt64)]) -> [(StageSample.Kind, UInt64)] {
        shown.last.map { [(.unseen, $0.1)] } ?? []
    }
}

extension SampleChoice {
    /// The variants of each picture of a training person.
    fileprivate var trainingKinds: [StageSample.Kind] {
        [.plain] + Array(repeating: .altered, count: altered) + Array(repeating: .covered, count: covered)
            + Array(repeating: .generated, count: generated) + degradedKinds
    }

    fileprivate var degradedKinds: [StageSample.Kind] { Array(repeating: .degraded, count: degraded) }
}

extension StageSample {
    /// Returns whether networks are trained on the sample.
    ///
    /// - Parameter tested: The fold that is excluded from training; `nil` if there are no folds.
    func isTrainedOn(keeping tested: Int?) -> Bool {
        !isHeldOut && [.plain, .altered, .covered, .generated].contains(kind) && (tested == nil || fold != tested)
    }
}

extension StageSample {
    /// The same face with its mask taken off; empty if it has no mask.
    fileprivate var completed: [StageSample] {
        guard [.covered, .masked, .unseen, .generated].contains(kind) else { return [] }
        var sample = self
        (sample.kind, sample.original) = (.completed, kind)
        return [sample]
    }
}

extension StageSample {
    /// Returns the altered picture and the face in it.
    ///
    /// - Parameter artists: The generators for masks and completed faces, if samples need them.
    func drawn(of archive: FaceArchive, artists: StageArtists = StageArtists()) throws -> DrawnSample {
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
        if kind == .degraded { FaceDegradation.misplace(&face, seed: seed) }
        return DrawnSample(
            image: image, face: face, sizeInPicture: entry.sizeInPicture,
            wearsMask: plan.cover != nil || kind == .generated)
    }

    /// Returns the crop as a network sees it.
    func crop(of archive: FaceArchive, template: AlignmentTemplate) throws -> Image {
        let drawn = try drawn(of: archive)
        return try drawn.face.aligned(in: drawn.image, to: template).image
    }

    private static func policy(of kind: Kind) -> AugmentationPolicy {
        switch kind {
        case .plain: .none
        case .altered, .generated: camera
        case .degraded: FaceDegradation.policy
        case .covered: AugmentationPolicy([AugmentationPolicy.Step(.mask, probability: 1)] + camera.steps)
        case .masked, .unseen: AugmentationPolicy([AugmentationPolicy.Step(.mask, probability: 1)])
        case .completed: preconditionFailure("a completed face has the policy of its original variant")
        }
    }

    /// All policies as text, which distinguishes crops that were altered otherwise. It belongs to the key of each cache.
    static var policies: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let kinds: [Kind] = [.plain, .altered, .degraded, .covered, .masked]
            return String(decoding: try encoder.encode(kinds.map(policy)), as: UTF8.self)
        }
    }

    /// The standard policy without covers, which depend on the variant.
    private static let camera = AugmentationPolicy(
        AugmentationPolicy.standard.steps.filter { ![.mask, .occluder].contains($0.kind) })
}

/// An altered face before alignment.
struct DrawnSample {
    var image: Image
    var face: Face
    /// The size of the face in the original photograph, in pixels; the archive's crop has been scaled.
    var sizeInPicture: Float
    var wearsMask: Bool

    func context() throws -> ContextVector {
        var context = try ContextVector(of: face, in: image)
        context.size = sizeInPicture
        context.maskProbability = wearsMask ? 1 : 0
        return context
    }
}
