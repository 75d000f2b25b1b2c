import Faces
import LikenessSupport
import Pixels
import Testing

@testable import Recognition

@Suite("Selection among a picture's faces")
struct FaceSelectionTests {
    private let small = face(x: 80, y: 80, side: 40), large = face(x: 0, y: 0, side: 60)

    @Test("All, the largest, and the largest near the middle")
    func rules() {
        let faces = [small, large]
        #expect(FaceSelection.all.select(from: faces, width: 200, height: 200) == faces)
        #expect(FaceSelection.largest.select(from: faces, width: 200, height: 200) == [large])
        // 1,600 square pixels in the exact middle, against 3,600 at seven tenths of the way to the corner.
        #expect(FaceSelection.center.select(from: faces, width: 200, height: 200) == [small])
        // In the middle of a smaller picture, the large one is selected.
        #expect(FaceSelection.center.select(from: faces, width: 60, height: 60) == [large])
    }

    @Test("An uncertain face in the middle does not win over a certain one beside it, wherever that is")
    func doubtful() {
        // A third of the area, in the very middle, at the confidence of a false box.
        let doubtful = face(x: 500 - 58, y: 400 - 58, side: 116, confidence: 0.68)
        for (x, y) in [(100, 100), (700, 100), (100, 500), (700, 550), (400, 100)] as [(Float, Float)] {
            let sure = face(x: x, y: y, side: 200, confidence: 0.93)
            #expect(FaceSelection.center.select(from: [sure, doubtful], width: 1000, height: 800) == [sure])
        }
        // A masked face, which detectors find with less confidence, is still selected.
        let masked = face(x: 400, y: 300, side: 200, confidence: 0.75)
        let bystander = face(x: 100, y: 200, side: 120, confidence: 0.93)
        #expect(FaceSelection.center.select(from: [bystander, masked], width: 1000, height: 800) == [masked])
    }

    @Test("A settled selection stays the same with further small faces; selecting all is never settled")
    func settled() {
        var numbers = SplitMix64(state: 7)
        func number(_ range: ClosedRange<Float>) -> Float { Float.random(in: range, using: &numbers) }
        var count = 0
        for _ in 0..<2_000 {
            let width = Int.random(in: 1...5_000, using: &numbers), height = Int.random(in: 1...5_000, using: &numbers)
            func anywhere(_ sides: ClosedRange<Float>) -> Face {
                face(
                    x: number(-50...Float(width)), y: number(-50...Float(height)), side: number(sides),
                    confidence: number(0.5...1))
            }
            let small = number(1...200), found = (0..<3).map { _ in anywhere(1...2_000) }
            #expect(!FaceSelection.all.isSettled(by: found, againstSmallerThan: small, width: width, height: height))
            for selection in [FaceSelection.largest, .center]
            where selection.isSettled(by: found, againstSmallerThan: small, width: width, height: height) {
                count += 1
                let more = (0..<5).map { _ in anywhere(0.5...small * 0.999) }
                #expect(
                    selection.select(from: found + more, width: width, height: height)
                        == selection.select(from: found, width: width, height: height))
            }
            #expect(!FaceSelection.largest.isSettled(by: [], againstSmallerThan: small, width: width, height: height))
        }
        #expect((1_000..<4_000).contains(count), "\(count) were settled")
    }

    @Test("No faces, no selection", arguments: FaceSelection.allCases)
    func none(selection: FaceSelection) {
        #expect(selection.select(from: [], width: 10, height: 10).isEmpty)
    }
}

@Suite("From a picture to embeddings, with fake networks")
struct RecognizerTests {
    private let bytes = try? file(picture(10, 200, 30))

    @Test("Found faces, selected faces, and durations")
    func analysis() async throws {
        let embedder = try FakeEmbedder()
        let two = [face(x: 2, y: 2, side: 20), face(x: 20, y: 20, side: 40)]
        let recognizer = recognizer(embedder, enhancement: .auto) { _ in two }
        let analysis = try await recognizer.analyze(bytes: try #require(bytes), selecting: .largest)
        #expect(analysis.width == 64 && analysis.height == 64)
        #expect(analysis.faceCount == 2)
        #expect(analysis.faces.map(\.face) == [two[1]])
        #expect(embedder.count == 1, "only the selected face is embedded")
        let embedding = try #require(analysis.faces.first).embedding
        #expect(embedding.model == embedder.card.identity)
        #expect(embedding.values[1] > embedding.values[2] && embedding.values[2] > embedding.values[0])
        #expect(analysis.faces.first?.context.size == 40)
        #expect(analysis.durations.total > 0)
        #expect(try await recognizer.analyze(bytes: try #require(bytes)).faces.map(\.face) == two)
    }

    @Test("The mask classifier's result is in each face's context; without a classifier it is unknown")
    func masks() async throws {
        let two = [face(x: 2, y: 2, side: 20), face(x: 20, y: 20, side: 40)]
        for masks in [try FakeMaskEstimator(), nil] {
            let recognizer = Recognizer(
                finder: FaceFinder(detector: FakeDetector { _ in two }, maskEstimator: masks),
                embedder: try FakeEmbedder())
            let analysis = try await recognizer.analyze(bytes: try #require(bytes))
            let expected: [Float?] = masks == nil ? [nil, nil] : [0.9, 0.1]
            #expect(analysis.faces.map(\.context.maskProbability) == expected)
            let prepared = try await recognizer.finder.prepare(
                bytes: try #require(bytes), selecting: .all, aligningTo: recognizer.embedder.template)
            #expect(prepared.crops.map(\.context.maskProbability) == expected, "the embedder sees it too")
        }
    }

    @Test(
        "The age classifier's result is in each face's context; without a classifier it is unknown")
    func ages() async throws {
        let two = [face(x: 2, y: 2, side: 20), face(x: 20, y: 20, side: 40)]
        for ages in [try FakeAgeGroupEstimator(), nil] {
            let recognizer = Recognizer(
                finder: FaceFinder(detector: FakeDetector { _ in two }, ageGroupEstimator: ages),
                embedder: try FakeEmbedder())
            let expected: [Float?] = ages == nil ? [nil, nil] : [0.75, 0.125]
            let analysis = try await recognizer.analyze(bytes: try #require(bytes))
            #expect(analysis.faces.map(\.context.childProbability) == expected)
            #expect(analysis.faces.allSatisfy { $0.context.maskProbability == nil })
            let largest = try await recognizer.analyze(bytes: try #require(bytes), selecting: .largest)
            #expect(largest.faces.map(\.context.childProbability) == [expected[1]], "the selected face's own")
            let prepared = try await recognizer.finder.prepare(
                bytes: try #require(bytes), selecting: .all, aligningTo: recognizer.embedder.template)
            #expect(prepared.crops.map(\.context.childProbability) == expected)
        }
    }

    @Test("The quality of each face is in its context; without a network it is unknown")
    func qualities() async throws {
        let two = [face(x: 2, y: 2, side: 20), face(x: 20, y: 20, side: 40)]
        for quality in [try FakeQualityEstimator(), nil] {
            let recognizer = Recognizer(
                finder: FaceFinder(detector: FakeDetector { _ in two }, qualityEstimator: quality),
                embedder: try FakeEmbedder())
            let expected: [Float?] = quality == nil ? [nil, nil] : [0.2, 0.4]
            let analysis = try await recognizer.analyze(bytes: try #require(bytes))
            #expect(analysis.faces.map(\.context.quality) == expected)
            let largest = try await recognizer.analyze(bytes: try #require(bytes), selecting: .largest)
            #expect(largest.faces.map(\.context.quality) == [expected[1]], "the selected face's own")
        }
    }

    @Test("A finder finds faces and measures them; no face is not an error")
    func finder() async throws {
        let off = FaceFinderConfiguration(enhancement: .off)
        let finder = FaceFinder(detector: FakeDetector { _ in [face()] }, configuration: off)
        #expect(finder.configuration.detector == "fake" && finder.precision == "f32")
        let found = try await finder.faces(in: picture(90, 90, 90))
        #expect(found.faces.map(\.face) == [face()] && found.faceCount == 1 && found.width == 64)
        #expect(found.faces.first?.context.size == 40)
        #expect(try await finder.faces(inFile: try #require(bytes)).faces.map(\.face) == [face()])
        let blind = FaceFinder(detector: FakeDetector { _ in [] }, configuration: off)
        let none = try await Recognizer(finder: blind, embedder: try FakeEmbedder()).analyze(picture(90, 90, 90))
        #expect(none.faces.isEmpty && none.faceCount == 0)
        #expect(none.durations.decode == 0)
    }

    @Test("A recognizer and its finder find the same faces")
    func alike() async throws {
        let recognizer = recognizer(try FakeEmbedder()) { _ in [face(), face(x: 20, side: 30)] }
        let source = PictureSource.bytes(try #require(bytes), name: "a")
        let found = try await recognizer.finder.faces(in: source), analysis = try await recognizer.analyze(source)
        #expect(found.faces.map(\.face) == analysis.faces.map(\.face))
        #expect(found.faces.map(\.context) == analysis.faces.map(\.context))
    }

    @Test("An embedder that skips a face is an error; no face gets another one's embedding")
    func forgetful() async throws {
        struct Forgetful: FaceEmbedder {
            let whole: FakeEmbedder
            var card: ModelCard { whole.card }
            var template: AlignmentTemplate { whole.template }
            var dimension: Int { whole.dimension }
            let precision = "f32"
            func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
                try await Array(whole.embeddings(of: faces).dropLast())
            }
        }
        let finder = FaceFinder(detector: FakeDetector { _ in [face()] })
        let recognizer = Recognizer(finder: finder, embedder: Forgetful(whole: try FakeEmbedder()))
        await #expect(throws: FaceError.self) { try await recognizer.analyze(picture(1, 2, 3)) }
    }

    @Test("The precision names both precisions if they differ")
    func precision() throws {
        func recognizer(_ precision: String) throws -> Recognizer {
            Recognizer(
                finder: FaceFinder(detector: FakeDetector(precision: precision) { _ in [] }),
                embedder: try FakeEmbedder())
        }
        #expect(try recognizer("bf16").precision == "bf16")
        #expect(try recognizer("f32").precision == "f32+bf16")
    }

    @Test("A batch: one bad picture is one failure")
    func batch() async throws {
        let good = PictureSource.bytes(try #require(bytes), name: "good")
        let sources = [good, .bytes([], name: "empty"), good]
        let recognizer = recognizer(try FakeEmbedder(), workers: 2) { _ in [face()] }
        func outcome(_ index: Int, _ faceCount: Result<Int, any Error>) -> String {
            switch faceCount {
            case .success(let count): "\(index): \(count)"
            case .failure(let error): "\(index): \((error as? ImageError)?.code ?? "other")"
            }
        }
        var outcomes: [String] = []
        for try await (index, result) in recognizer.analyses(of: sources) {
            outcomes.append(outcome(index, result.map(\.faceCount)))
        }
        for try await (index, result) in recognizer.finder.faces(of: sources) {
            outcomes.append(outcome(index, result.map(\.faceCount)))
        }
        let stream = AsyncStream { continuation in
            for source in sources { continuation.yield(source) }
            continuation.finish()
        }
        for try await (index, result) in recognizer.analyses(of: stream) {
            outcomes.append(outcome(index, result.map(\.faceCount)))
        }
        let expected = ["0: 1", "1: empty_file", "2: 1"]
        #expect(outcomes == expected + expected + expected)
    }

    @Test("Annotated pictures have their size, the box in its color, and nothing far from the face")
    func annotated() {
        let image = picture(0, 0, 0, width: 200, height: 200)
        let found = face(x: 60, y: 80, side: 60)
        let drawn = image.annotated([.init(face: found, label: "Ada", color: .green)])
        #expect(drawn.width == 200 && drawn.height == 200)
        func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(drawn.pixels[(y * 200 + x) * 3..<(y * 200 + x) * 3 + 3]) }
        #expect(pixel(60, 110) == [0, 200, 83], "the left edge")
        #expect(pixel(78, 104) == [0, 200, 83], "the left eye")
        #expect(pixel(5, 190) == [0, 0, 0])
        #expect(image.annotated([]) == image)
    }
}
