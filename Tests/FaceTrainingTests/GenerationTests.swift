import Augmentation
import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import Networks
import Pixels
import Tensors
import TestSupport
import Testing
import Training

import class Tensors.Tensor

@testable import FaceTraining

@Suite struct FacePairTests {
    private static let places = FaceTranslator.side * FaceTranslator.side

    @Test func aMaskIsDrawnAndNothingElseChanges() throws {
        let folder = try TestSupport.TemporaryFolder()
        let archive = try FaceArchive(contentsOf: DrawnArchive.pack(in: folder.url, people: 3))
        let pair = try FacePair(archive, entry: 0, person: 0, covers: .training, seed: 3)
        let mirrored = try FacePair(archive, entry: 0, person: 0, covers: .training, seed: 3, isMirrored: true)
        #expect(pair.bare.count == 3 * Self.places && pair.bare == mirrored.bare)
        // The forehead stays, the mouth does not.
        let side = FaceTranslator.side
        let top = pair.masked[0..<side * 3 * 5]
        #expect(top == pair.bare[0..<side * 3 * 5])
        let mouth = (side * 80 + side / 2) * 3
        #expect(pair.masked[mouth..<mouth + 3] != pair.bare[mouth..<mouth + 3])
        let row = { (pixels: [UInt8]) in (0..<side).map { pixels[(80 * side + $0) * 3] } }
        #expect(row(pair.masked) == row(mirrored.masked).reversed())
    }

    @Test func batchesDependOnTheirPlaceAlone() async throws {
        let folder = try TestSupport.TemporaryFolder()
        let archive = try FaceArchive(contentsOf: DrawnArchive.pack(in: folder.url, people: 6))
        func batches(_ direction: FaceTranslationSettings.Direction, unchanged: Double = 0) -> FacePairBatches {
            FacePairBatches(
                archive, entries: Array(0..<12), size: 4, direction: direction, unchanged: unchanged, seed: 7)
        }
        let unmask = batches(.unmask)
        #expect(unmask.stepsPerEpoch == 3)
        let one = try await unmask.batch(epoch: 1, step: 2), again = try await unmask.batch(epoch: 1, step: 2)
        #expect(one.inputs == again.inputs && one.targets == again.targets && one.styles.isEmpty)
        #expect(one.inputs != one.targets)
        let mask = try await batches(.mask).batch(epoch: 1, step: 2)
        #expect(mask.inputs == one.targets && mask.targets == one.inputs && mask.styles.count == 4 * MaskLook.size)
        let bare = try await batches(.unmask, unchanged: 1).batch(epoch: 1, step: 2)
        #expect(bare.inputs == bare.targets && bare.targets == one.targets)
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct TranslationMeasuresTests {

    @Test func perfectPicturesAreAtNoDistance() throws {
        let faces = (0..<8).map { HeldOutMeasures.Face(person: $0 / 2, entry: $0) }
        let people = Tensor.normal(shape: [4, 16], seed: 3)
        let real = Tensor.concatenated((0..<8).map { people.slice(0, $0 / 2..<$0 / 2 + 1) }, axis: 0).normalized()
        let masked = Tensor.normal(shape: [8, 16], seed: 4).normalized()
        var measures = TranslationMeasures()
        measures.append(
            faces: faces, pixels: [Float](repeating: 0.5, count: 8), input: masked, made: real, target: real)
        let figures = try measures.figures(probesAreInputs: true)
        let (identity, before) = (figures["identity"] ?? 0, figures["identityBefore"] ?? 1)
        #expect(abs(identity - 1) < 1e-5 && before < 0.9)
        #expect((figures["frechet"] ?? 1) < 1e-4 && (figures["frechetBefore"] ?? 0) > 0.01)
        #expect(figures["FNMR"] == 0 && (figures["FNMRBefore"] ?? 0) > 0.5 && figures["pixels"] == 0.5)
    }
}

/// Tests two steps in each direction, from an archive to an exported generator.
@Suite(
    .enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)),
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct FaceTranslationTests {

    @Test(arguments: FaceTranslationSettings.Direction.allCases)
    func aRunLeavesAGeneratorAndPictures(direction: FaceTranslationSettings.Direction) async throws {
        let folder = try TestSupport.TemporaryFolder()
        let archive = try DrawnArchive.pack(in: folder.url, people: 20)
        let models = Fixtures.dependencies.appending(path: "models")
        let file = """
            {"task": "mask-gan", "epochs": 1, "stepsPerEpoch": 2, "batch": 2, "threads": 1,
             "validation": {"everyEpochs": 1}, "optimizer": {"kind": "adam", "beta1": 0.5},
             "settings": {"direction": "\(direction.rawValue)", "archive": "\(archive.path)", "models": "\(models.path)",
                          "width": 8, "blocks": 1, "discriminatorWidth": 8, "perceptualFaces": 1, "heldOut": 0.2,
                          "validationFaces": 4}}
            """
        let place = folder.url.appending(path: "run")
        let summary = try await TrainingRun(Data(file.utf8), tasks: TaskRegistry.tasks, folder: place)
            .run(.afresh, observe: { _, _ in }, shouldStop: { false })
        let names = Set(summary.measures.keys)
        #expect(
            names.isSuperset(of: ["identity", "frechet", "pixels", "FNMR", "unseen.identity", "unseen.FNMRBefore"]))
        let seed = place.appending(path: "seed-1")
        let trained = try TrainedTranslator(folder: seed)
        #expect(trained.direction == direction && trained.network.configuration.width == 8)
        #expect(trained.graph.inputs.count == (direction == .mask ? 2 : 1))
        try exported(trained, models: models, to: folder.url.appending(path: "models"))
        let sheet = try Image(contentsOf: seed.appending(path: "pictures/best-unseen.png"))
        #expect(sheet.height == 4 * FaceTranslator.side && sheet.width % FaceTranslator.side == 0)
        // The average has changed, and differs from the generator itself.
        let weights = try SafeTensors(contentsOf: seed.appending(path: "weights.safetensors")).tensors
        let (mean, last) = (weights["average.output.weight"], weights["generator.output.weight"])
        #expect(mean?.floats != last?.floats)
    }

    @Test func facesAreDrawnFromTheirEmbeddings() async throws {
        let folder = try TestSupport.TemporaryFolder()
        let archive = try DrawnArchive.pack(in: folder.url, people: 20)
        let file = """
            {"task": "feature-gan", "epochs": 1, "stepsPerEpoch": 2, "batch": 2, "threads": 1,
             "validation": {"everyEpochs": 1}, "optimizer": {"kind": "adam", "beta1": 0.5},
             "settings": {"archive": "\(archive.path)", "cache": "\(folder.path("descriptions"))", "model": "sface",
                          "models": "\(Fixtures.dependencies.appending(path: "models").path)",
                          "engine": "\(Fixtures.engine.path)", "width": 4, "discriminatorWidth": 8,
                          "perceptualFaces": 1, "heldOut": 0.2, "validationFaces": 4}}
            """
        func run(_ notes: @escaping @Sendable (String) -> Void) async throws -> RunSummary {
            try await TrainingRun(
                Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: "run")
            ).run(
                .afresh, observe: { if case .note(let note) = $1 { notes(note) } }, shouldStop: { false })
        }
        let summary = try await run { _ in }
        #expect(Set(summary.measures.keys) == ["pixels", "identity", "frechet", "FNMR", "FMR"])
        let sheet = try Image(contentsOf: folder.url.appending(path: "run/seed-1/pictures/best.png"))
        #expect(sheet.height == 2 * FaceDecoder.side)
        // Features are computed once; the same run again gives the same weights.
        let again = try await run { if $0.hasPrefix("computing the embeddings") { Issue.record("computed again") } }
        #expect(again.measures["pixels"]?.mean == summary.measures["pixels"]?.mean)
    }

    /// Checks that the product gives the same picture as the training engine, and leaves the rest of the picture
    /// unchanged.
    private func exported(_ trained: TrainedTranslator, models: URL, to place: URL) throws {
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let (x, y) = (Float(image.width), Float(image.height))
        let points = [(0.42, 0.38), (0.58, 0.38), (0.5, 0.47), (0.43, 0.56), (0.57, 0.56)]
        let face = Face(
            box: Box(x: 0.3 * x, y: 0.2 * y, width: 0.4 * x, height: 0.5 * y), confidence: 1,
            landmarks: Landmarks(points: points.map { Point(x: Float($0.0) * x, y: Float($0.1) * y) }))
        let aligned = try face.aligned(in: image, to: TranslatorExport.template)
        let export = try TranslatorExport(
            trained, name: "tiny", trainingData: "nothing", models: models, engine: Fixtures.engine, faces: [aligned],
            to: place.appending(path: "tiny"))
        #expect(!export.agreements.isEmpty && export.agreements.allSatisfy(\.holds))
        #expect(export.card.task == .translation && export.card.dimension == nil && export.card.calibration == nil)
        let translator = try ModelFaceTranslator(
            card: export.card, engine: Engine(libraryDirectory: Fixtures.engine), directory: export.folder,
            network: NetworkConfiguration(precision: .exactly(.f32)))
        let takesLook = trained.direction == .mask
        #expect(translator.takesLook == takesLook)
        let look = takesLook ? try translator.look(drawnOn: face, in: image, covers: .testing, seed: 2) : nil
        if let look { #expect(look.share > 0.05 && look.share < 0.7) }
        let made = try translator.translated(face, in: image, look: look)
        #expect(made != image && made.width == image.width && made.pixels.prefix(300) == image.pixels.prefix(300))
    }
}
