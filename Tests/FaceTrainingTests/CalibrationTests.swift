import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels
import Tensors
import TestSupport
import Testing

@testable import FaceTraining

@Suite("Calibration faces") struct CalibrationFacesTests {
    private let folder: TestSupport.TemporaryFolder
    private let template = AlignmentTemplate.box(size: 16, margin: 0)

    init() throws { folder = try TestSupport.TemporaryFolder() }

    private func pack(people: Int, named: Bool) throws -> URL {
        try DrawnArchive.pack(in: folder.url, people: people, named: named)
    }

    private func people(_ faces: [AlignedFace]) -> [UInt8] { faces.map { $0.image.pixels[0] } }

    @Test("Calibration and comparison use different people, none held out of training, and as many people as possible")
    func choice() throws {
        let archive = try pack(people: 60, named: true)
        let faces = try CalibrationFaces(archive: archive, template: template, count: 40)
        let (calibrating, comparing) = (people(faces.calibrating), people(faces.comparing))
        #expect(calibrating.count == 40 && Set(calibrating).count == 40, "one face of each first")
        #expect(Set(calibrating).isDisjoint(with: comparing))
        let split = SubjectSplit(
            dealing: (0..<60).map { String(format: "p%03d", $0) }, validation: StageSettings().heldOut,
            seed: StageSettings().splitSeed)
        let heldOut = Set(split.validation.compactMap { UInt8($0.dropFirst()) })
        #expect(heldOut.count == 9 && heldOut.isDisjoint(with: calibrating) && heldOut.isDisjoint(with: comparing))
        let again = try CalibrationFaces(archive: archive, template: template, count: 40)
        #expect(again.calibrating == faces.calibrating && again.comparing == faces.comparing)
        #expect(faces.calibrating.allSatisfy { $0.template == template && $0.image.width == 16 })
    }

    @Test("Each unlabeled face counts as a separate person")
    func unlabelled() throws {
        let faces = try CalibrationFaces(archive: pack(people: 9, named: false), template: template, count: 15)
        #expect(faces.calibrating.count == 15 && faces.comparing.count == 3)
        #expect(Set(faces.calibrating.map(\.image)).isDisjoint(with: faces.comparing.map(\.image)))
    }

    @Test("Generated masks and completed faces are added without changing the others")
    func generatedPlan() throws {
        let archive = try FaceArchive(contentsOf: pack(people: 30, named: true))
        var settings = StageSettings()
        settings.covered = 1
        let before = StagePlan(archive, settings)
        (settings.generated, settings.completes) = (1, true)
        let plan = StagePlan(archive, settings)
        var kinds: [Int: [StageSample.Kind]] = [:]
        for sample in plan.samples { kinds[sample.entry, default: []].append(sample.kind) }
        let heldOut = Set(plan.samples.filter(\.isHeldOut).map(\.entry))
        for (entry, kinds) in kinds {
            #expect(
                kinds
                    == (heldOut.contains(entry)
                        ? [.plain, .masked, .completed, .unseen, .completed]
                        : [.plain, .altered, .covered, .completed, .generated, .completed]))
        }
        for (one, next) in zip(plan.samples, plan.samples.dropFirst()) where next.kind == .completed {
            #expect(next.original == one.kind && next.seed == one.seed && next.entry == one.entry)
        }
        // Masks of held-out people do not depend on the other people's pictures.
        func tested(_ plan: StagePlan) -> [StageSample] {
            plan.samples.filter { $0.isHeldOut && $0.kind != .completed }
        }
        #expect(tested(plan) == tested(before))
        #expect(ShownAs.isShown(plan.samples[0], as: [.plain]) && !ShownAs.isShown(plan.samples[0], as: [.covered]))
        let completed = try #require(plan.samples.first { $0.kind == .completed })
        #expect(!ShownAs.isShown(completed, as: ShownAs.allCases))
    }

    @Test("Held-out people are bare, masked, and masked by designs for tests; others are altered and masked")
    func stagePlan() throws {
        let archive = try FaceArchive(contentsOf: pack(people: 30, named: true))
        var settings = StageSettings()
        settings.covered = 1
        let plan = StagePlan(archive, settings)
        var kinds: [Int: [StageSample.Kind]] = [:]
        for sample in plan.samples { kinds[sample.entry, default: []].append(sample.kind) }
        let heldOut = Set(plan.samples.filter(\.isHeldOut).map(\.entry))
        #expect(!heldOut.isEmpty && heldOut.count < kinds.count)
        for (entry, kinds) in kinds {
            #expect(kinds == (heldOut.contains(entry) ? [.plain, .masked, .unseen] : [.plain, .altered, .covered]))
        }
        for (one, next) in zip(plan.samples, plan.samples.dropFirst()) where next.kind == .unseen {
            #expect(one.kind == .masked && one.seed == next.seed, "the same choice, of other designs")
        }
    }

    @Test("Too few faces, too few people, and no archive")
    func faults() throws {
        let archive = try pack(people: 9, named: false)
        #expect(
            throws: FaceTrainingError.tooFewFaces(archive.path, people: 18, found: 15, wanted: 16)
        ) { try CalibrationFaces(archive: archive, template: template, count: 16) }
        #expect(throws: ArchiveError.self) {
            try CalibrationFaces(archive: folder.url.appending(path: "none"), template: template, count: 1)
        }
    }
}

@Suite("Ranges of activations") struct ValueHistogramTests {
    private func histogram(_ batches: [Float]...) -> ValueHistogram {
        batches.reduce(into: ValueHistogram()) { histogram, batch in
            batch.withUnsafeBufferPointer { histogram.take($0) }
        }
    }

    @Test func overAllBatchesAndWithZero() {
        let two = histogram([-1, 2], [3, 0.5])
        #expect(two.lower == -1 && two.upper == 3 && two.isFinite)
        let positive = histogram([2, 5]).bestRange
        #expect(positive.lower == 0 && positive.upper == 5)
        #expect(histogram([]).bestRange == QuantizationRange(lower: 0, upper: 0))
        #expect(histogram([0, 0, 0]).bestRange == QuantizationRange(lower: 0, upper: 0))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude])
    func whatIsNoNumberIsSeen(value: Float) {
        #expect(!histogram([1, value, 2]).isFinite)
        #expect(!histogram([value], [1]).isFinite)
    }

    @Test func evenlySpreadNumbersKeepTheirRange() {
        let range = histogram((0..<4000).map { Float($0) / 1000 - 1.3 }).bestRange
        #expect(range.lower == -1.3 && abs(range.upper - 2.699) < 1e-5)
    }

    @Test(arguments: [UInt64(1), 2, 3]) func rareLargeNumbersAreCutOff(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Sums of twelve even numbers are nearly normal; one in 5,000 is ten times as large.
        let values = (0..<50_000).map { index in
            let normal = (0..<12).reduce(-6 as Float) { sum, _ in sum + .random(in: 0...1, using: &generator) }
            return index % 5000 == 17 ? normal * 10 : normal
        }
        let whole = QuantizationRange(lower: values.min() ?? 0, upper: values.max() ?? 0)
        let half = values.count / 2
        let best = histogram(Array(values[..<half]), Array(values[half...])).bestRange
        func error(_ range: QuantizationRange) -> Double {
            values.reduce(0) { sum, value in
                let integer = min(max((value / range.scale).rounded() + Float(range.zeroPoint), 0), 255)
                let distance = Double((integer - Float(range.zeroPoint)) * range.scale - value)
                return sum + distance * distance
            } / Double(values.count)
        }
        #expect(error(best) <= error(whole))
        for below in [0.3, 0.5, 0.7, 0.9] as [Float] {
            for above in [0.3, 0.5, 0.7, 0.9] as [Float] {
                let other = QuantizationRange(lower: whole.lower * below, upper: whole.upper * above)
                #expect(error(best) <= error(other) * 1.02, "none of the others is better")
            }
        }
    }
}
