import Foundation
import InMemoryLogging
import Likeness
import LikenessTesting
import Logging
import TestSupport
import Testing

/// `FaceService` on the portraits from scripts/setup.
@Suite(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct FaceServiceTests {
    private func service(_ store: (any GalleryStore)? = nil) throws -> FaceService {
        try FaceService(installation: Installation(root: Fixtures.dependencies), store: store)
    }

    private func portrait(_ name: String) -> PictureSource { .file(Fixtures.portrait(name)) }

    @Test("An error names its picture, even if the name is a word of the error")
    func pictureNamed() {
        #expect(PictureError("face", RecognitionError.noFace).problem == "face: no face was found")
        #expect(PictureError("", RecognitionError.noFace).problem == "no face was found")
        let missing = ImageError.fileNotFound(path: "in/a.jpg")
        #expect(PictureError("in/a.jpg", missing).problem == "there is no file at in/a.jpg")
        #expect(ForeignError.translating(CancellationError()).category == .interrupted)
    }

    @Test("Numbers of threads and pictures below 1, as in a wrong configuration, count as 1", arguments: [0, -3])
    func threads(number: Int) async throws {
        var configuration = FaceServiceConfiguration()
        configuration.recognizer.finder.threads = number
        configuration.recognizer.finder.workers = number
        let service = try FaceService(
            installation: Installation(root: Fixtures.dependencies), configuration: configuration)
        #expect(try await service.detect(portrait("obama.jpg")).faces.count == 1)
        var found = 0
        for try await (_, result) in try await service.finder().faces(of: [
            portrait("obama.jpg"), portrait("biden.jpg"),
        ]) {
            found += try result.get().faces.count
        }
        #expect(found == 2)
    }

    @Test("Two pictures of one person match, and two of different people don't")
    func verify() async throws {
        let service = try service()
        let same = try await service.verify(portrait("obama.jpg"), portrait("obama2.jpg"))
        #expect(same.decision.isMatch && same.a.faceCount == 1)
        let others = try await service.verify(portrait("obama.jpg"), portrait("biden.jpg"))
        #expect(!others.decision.isMatch)
        #expect(others.decision.similarity < same.decision.similarity)
    }

    @Test("A picture without a face is named")
    func noFace() async throws {
        let blank = PictureSource.bytes(try Image(width: 200, height: 200).encoded(as: .png), name: "blank.png")
        let error = await #expect(throws: PictureError.self) {
            try await service().verify(portrait("obama.jpg"), blank)
        }
        #expect(error?.picture == "blank.png" && error?.code == "face_not_found")
    }

    @Test("Enrolled people are identified; others are unknown")
    func identify() async throws {
        let service = try service(MemoryStore())
        let enrolled = try await service.enroll("Barack", from: portrait("obama.jpg"), into: "people")
        #expect(enrolled.isNewPerson)
        let known = try await service.identify(portrait("obama2.jpg"), in: "people")
        #expect(known.map { $0.answer.identification.person?.name } == ["Barack"])
        let unknown = try await service.identify(portrait("biden.jpg"), in: "people")
        #expect(unknown.count == 1 && unknown[0].answer.identification.person == nil)
        #expect(try await service.galleries().map(\.name) == ["people"])
    }

    @Test("The gate refuses a small face, and says why")
    func gate() async throws {
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let small = image.resized(width: image.width / 8, height: image.height / 8)
        let picture = PictureSource.bytes(try small.encoded(as: .png), name: "small.png")
        let error = await #expect(throws: GalleryError.self) {
            try await service(MemoryStore()).enroll("Barack", from: picture, into: "people")
        }
        guard case .enrollmentRefused(let issues) = error else {
            Issue.record("the error is \(String(describing: error))")
            return
        }
        #expect(issues.contains { $0.kind == .tooSmall })
    }

    @Test("The log says which networks are loaded and what was enrolled or refused, and names nobody")
    func log() async throws {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = .debug
        let service = try FaceService(
            installation: Installation(root: Fixtures.dependencies), store: MemoryStore(), logger: logger)
        let enrolled = try await service.enroll("Barack", from: portrait("obama.jpg"), into: "people")
        await #expect(throws: GalleryError.self) {
            try await service.enroll("Barack", from: portrait("biden.jpg"), into: "people")
        }
        let loaded = handler.entries.filter { $0.message == "network loaded" }.compactMap { $0.metadata["model"] }
        #expect(Set(loaded.map(\.description)).isSuperset(of: ["yunet", Fixtures.defaultModel]))
        let pictures = handler.entries.filter { $0.level == .info }
        #expect(pictures.map(\.message.description) == ["picture enrolled", "picture refused"])
        #expect(pictures.first?.metadata["template"]?.description == "\(enrolled.template.id)")
        #expect(pictures.last?.metadata["issues"]?.description.contains("person") == true)
        #expect(!"\(handler.entries)".contains("Barack") && !"\(handler.entries)".contains("biden"))
    }

    @Test("Without a store, galleries are an error that says what to do")
    func noStore() async throws {
        let error = await #expect(throws: FaceServiceError.self) {
            try await service().identify(portrait("obama.jpg"), in: "people")
        }
        #expect(error == .noStore && error?.remedy?.contains("SQLiteStore") == true)
    }

    @Test("A gallery keeps its model")
    func model() async throws {
        let service = try service(MemoryStore())
        try await service.enroll("Barack", from: portrait("obama.jpg"), into: "people")
        var options = EnrollmentOptions()
        options.model = "facenet-128"
        await #expect(
            throws: FaceServiceError.otherModelPinned(
                gallery: "people", pinned: Fixtures.defaultModel, asked: "facenet-128")
        ) {
            try await service.enroll("Barack", from: portrait("obama2.jpg"), into: "people", options: options)
        }
    }

    @Test("Many tasks that ask at once load each network once")
    func concurrent() async throws {
        let service = try service()
        let detectors = try await withThrowingTaskGroup(of: ObjectIdentifier.self) { group in
            for _ in 0..<8 {
                group.addTask { ObjectIdentifier(try await service.recognizer().embedder as AnyObject) }
            }
            return try await group.reduce(into: Set<ObjectIdentifier>()) { $0.insert($1) }
        }
        #expect(detectors.count == 1)
    }

    @Test("An explanation has a map for each face, and can be drawn")
    func explain() async throws {
        let explanation = try await service().explain(portrait("obama.jpg"), portrait("obama2.jpg"))
        #expect(explanation.decision.isMatch)
        for side in [explanation.a, explanation.b] {
            #expect(abs(side.map.shares.reduce(0) { $0 + $1.support } - 1) < 1e-3)
        }
        #expect(explanation.figure().width > 200)
    }
}
