import Faces
import Foundation
import Pixels
import TestSupport
import Testing

@testable import Recognition

@Suite("Detectors by their cards")
struct InstalledDetectorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("setup.json", Data("{}".utf8))
    }

    private var installation: Installation { get throws { try Installation(root: folder.url) } }

    private func add(
        _ model: String, decoder: String? = nil, architecture: String = "a network", task: ModelCard.Task = .detection
    ) throws {
        let card = ModelCard(
            name: model, version: "1", task: task, architecture: architecture, decoder: decoder,
            weights: [
                .init(file: "model.onnx", sha256: String(repeating: "00", count: 32), bytes: 1, precisions: ["f32"])
            ],
            input: ModelInput(
                name: "input", width: nil, height: nil, layout: .nchw, channels: .bgr, normalization: .fixed),
            outputs: [], license: "none", licenseNote: "", origin: .init(status: .own, text: ""), trainingData: "none",
            citation: "")
        try folder.file("models/\(model)/card.json", JSONEncoder().encode(card))
    }

    @Test("The default decoder is first; the first model of a decoder has the decoder's name, others have their own")
    func names() throws {
        try add("retinaface-mobilenet025", decoder: "retinaface")
        try add("retinaface-resnet50", decoder: "retinaface")
        try add("a-yunet", decoder: "yunet")
        try add("yunet", decoder: "yunet")
        try add("sface", task: .embedding)
        try add("newer", decoder: "of a later version")
        try folder.file("models/broken/card.json", Data("{}".utf8))
        let detectors = try installation.detectors()
        #expect(detectors.map(\.name) == ["a-yunet", "yunet", "retinaface", "retinaface-resnet50"])
        #expect(detectors.map(\.model) == ["a-yunet", "yunet", "retinaface-mobilenet025", "retinaface-resnet50"])
        for (name, model) in [
            ("yunet", "yunet"), ("a-yunet", "a-yunet"), ("retinaface", "retinaface-mobilenet025"),
            ("retinaface-mobilenet025", "retinaface-mobilenet025"),
        ] {
            let detector = try installation.detector(name)
            #expect(detector.name == name && detector.model == model)
        }
    }

    @Test("Cards of earlier versions name the decoder in the first word of the architecture")
    func earlier() throws {
        try add("yunet", architecture: "YuNet, anchor-free, strides 8, 16, 32")
        try add("mtcnn", architecture: "MTCNN: the cascade P-Net, R-Net, O-Net")
        try add("retinaface-mobilenet025", architecture: "RetinaFace with a MobileNet-0.25 backbone")
        #expect(try installation.detectors().map(\.name) == ["yunet", "mtcnn", "retinaface"])
    }

    @Test(
        "An unknown name is an error that lists the installed detectors",
        arguments: ["", "sface", "retina", "../yunet"])
    func unknown(name: String) throws {
        try add("yunet", decoder: "yunet")
        try add("sface", task: .embedding)
        #expect(throws: RecognitionError.unknownDetector(name, known: ["yunet"])) { try installation.detector(name) }
    }

    @Test("If a damaged card may be the requested one, the error says so")
    func damaged() throws {
        try folder.file("models/retinaface-mobilenet025/card.json", Data("{}".utf8))
        #expect {
            try installation.detector("retinaface")
        } throws: { error in
            guard case .unreadableCard = error as? RecognitionError else { return false }
            return true
        }
    }

    @Test(
        "A model with another name runs as its card says, and results use the requested name",
        .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
    func own() async throws {
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "openvino"),
            withDestinationURL: Fixtures.dependencies.appending(path: "openvino"))
        let original = try Installation(root: Fixtures.dependencies)
        var card = try original.card("yunet")
        (card.name, card.decoder, card.weights[0].file) = ("my-yunet", "yunet", "mine.onnx")
        try folder.file("models/my-yunet/card.json", JSONEncoder().encode(card))
        try folder.copy(Fixtures.model("yunet"), to: "models/my-yunet/mine.onnx")
        let limited = FaceFinderConfiguration(detector: "my-yunet", estimatesMasks: false, estimatesAges: false)
        let finder = try await FaceFinder(installation: installation, configuration: limited)
        #expect(finder.detector.name == "my-yunet" && finder.configuration.detector == "my-yunet")
        var published = limited
        published.detector = "yunet"
        let usual = try await FaceFinder(installation: original, configuration: published)
        let portrait = PictureSource.file(Fixtures.portrait("obama.jpg"))
        let own = try await finder.faces(in: portrait).faces.map(\.face)
        #expect(try await own == usual.faces(in: portrait).faces.map(\.face) && own.count == 1)

        // The card states how confident the network must be of a face.
        card.confidences = ModelCard.Confidences(whole: 1, part: 1)
        try folder.file("models/my-yunet/card.json", JSONEncoder().encode(card))
        var once = limited
        once.enhancement = .off
        let strict = try await FaceFinder(installation: installation, configuration: once)
        #expect(try await strict.faces(in: portrait).faces.isEmpty)
        #expect(strict.pipelineIdentity != finder.pipelineIdentity)
        for wrong in [
            ModelCard.Confidences(whole: 1.5, part: 1), .init(whole: 1, part: -0.1),
            .init(whole: 0, part: 0, upright: 2),
        ] {
            card.confidences = wrong
            try folder.file("models/my-yunet/card.json", JSONEncoder().encode(card))
            #expect(throws: RecognitionError.self) { try installation.detector("my-yunet") }
        }
    }

    @Test(
        "A card that names another network's decoder is an error, not a crash",
        .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"), arguments: ["retinaface", "mtcnn", "none"])
    func wrongDecoder(decoder: String) async throws {
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "openvino"),
            withDestinationURL: Fixtures.dependencies.appending(path: "openvino"))
        var card = try Installation(root: Fixtures.dependencies).card("yunet")
        card.decoder = decoder
        try folder.file("models/wrong/card.json", JSONEncoder().encode(card))
        try folder.copy(Fixtures.model("yunet"), to: "models/wrong/model.onnx")
        await #expect(throws: (any Error).self) {
            let finder = try await FaceFinder(
                installation: installation,
                configuration: FaceFinderConfiguration(detector: "wrong", estimatesMasks: false, estimatesAges: false))
            _ = try await finder.faces(in: Image(width: 64, height: 64))
        }
    }
}
