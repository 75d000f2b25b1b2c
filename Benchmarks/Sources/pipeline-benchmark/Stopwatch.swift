import BenchmarkSupport
import Foundation
import Inference
import Recognition

/// The times of one photograph, from its bytes in memory to its faces' embeddings.
struct PictureResult: Encodable {
    let setting: String
    let faces: Int
    let milliseconds: Times
    /// The medians of the stages, in milliseconds.
    let stages: [String: Double]
    /// The median time of the engine alone for the same networks, in milliseconds; absent for cascades, which run
    /// their networks a different number of times for each photograph.
    let engine: Double?
}

/// The times of a folder of photographs, from the disk to embeddings.
struct FolderResult: Encodable {
    let setting: String
    let pictures: Int
    let workers: Int
    let faces: Int
    let picturesPerSecond: Double
}

/// Holds loaded networks and times them.
struct Stopwatch {
    private let installation: Installation
    private let picture: [UInt8]
    private let folder: [PictureSource]
    private let threads: Int
    private var recognizers: [Setting: Recognizer] = [:]
    private var references: [Setting: EngineReference] = [:]

    /// Reads the photographs; networks are loaded on first use.
    ///
    /// - Parameters:
    ///   - pictures: The output of `benchmark-pictures`: `one.jpg`, and the folder `many`.
    ///   - threads: The number of threads of the networks.
    /// - Throws: Errors of reading the photograph.
    init(pictures: URL, threads: Int) throws {
        installation = try Installation.locate()
        picture = try [UInt8](Data(contentsOf: pictures.appending(path: "one.jpg")))
        folder = PictureList([pictures.appending(path: "many").path], standardInput: { [] }).sources
        self.threads = threads
    }

    /// Returns the precisions that the CPU supports at full speed, the best one first.
    mutating func precisions() async throws -> [FaceFinderConfiguration.Precision] {
        let recognizer = try await recognizer(
            Setting(
                pipeline: Pipeline(detector: FaceFinderConfiguration.defaultDetector), precision: .automatic, workers: 1
            ))
        return recognizer.precision == "bf16" ? [.bf16, .f32] : [.f32]
    }

    /// Times one photograph for `seconds`.
    mutating func picture(_ setting: Setting, seconds: Double) async throws -> PictureResult {
        let recognizer = try await recognizer(setting), clock = ContinuousClock()
        var taken: [Double] = [], durations: [StageDurations] = [], faces = 0
        for _ in 0..<5 { faces = try await recognizer.analyze(bytes: picture).faces.count }
        let end = clock.now + .seconds(seconds)
        while taken.count < 10 || clock.now < end {
            let start = clock.now
            let analysis = try await recognizer.analyze(bytes: picture)
            taken.append((clock.now - start).seconds)
            durations.append(analysis.durations)
        }
        func stage(_ path: KeyPath<StageDurations, Double>) -> Double {
            median(durations.map { $0[keyPath: path] }) * 1e3
        }
        return PictureResult(
            setting: setting.name, faces: faces, milliseconds: Times(seconds: taken),
            stages: [
                "decode": stage(\.decode), "detect": stage(\.detect), "align": stage(\.align), "embed": stage(\.embed),
            ],
            engine: try await engine(setting, runs: taken.count))
    }

    /// Returns the median milliseconds that the engine alone needs for the setting's networks.
    private mutating func engine(_ setting: Setting, runs: Int) async throws -> Double? {
        guard !setting.pipeline.isCascade else { return nil }
        let (installation, threads) = (installation, threads), known = references[setting]
        let (reference, times) = try await EngineExecutor.run {
            let reference = try known ?? EngineReference(setting, in: installation, threads: threads)
            for _ in 0..<5 { _ = try reference.run() }
            return (reference, try (0..<runs).map { _ in try reference.run() })
        }
        references[setting] = reference
        return median(times) * 1e3
    }

    /// Times the first `count` photographs of the folder, `setting.workers` at once.
    mutating func folder(_ setting: Setting, count: Int) async throws -> FolderResult {
        let recognizer = try await recognizer(setting), sources = Array(folder.prefix(count)), clock = ContinuousClock()
        guard !sources.isEmpty else { throw MissingPictures() }
        // Enough pictures to load every network, including the one for several faces.
        _ = try await Self.faces(of: Array(sources.prefix(100)), by: recognizer)
        let start = clock.now
        let faces = try await Self.faces(of: sources, by: recognizer)
        let seconds = (clock.now - start).seconds
        return FolderResult(
            setting: setting.name, pictures: sources.count, workers: setting.workers, faces: faces,
            picturesPerSecond: Double(sources.count) / seconds)
    }

    private static func faces(of sources: [PictureSource], by recognizer: Recognizer) async throws -> Int {
        var faces = 0
        for try await (_, result) in recognizer.analyses(of: sources) { faces += try result.get().faces.count }
        return faces
    }

    /// Returns a recognizer, whose networks are loaded on first use.
    private mutating func recognizer(_ setting: Setting) async throws -> Recognizer {
        if let loaded = recognizers[setting] { return loaded }
        let configuration = RecognizerConfiguration(
            finder: FaceFinderConfiguration(
                detector: setting.pipeline.detector, precision: setting.precision, threads: threads,
                workers: setting.workers),
            model: setting.pipeline.model)
        let recognizer = try await Recognizer(installation: installation, configuration: configuration)
        recognizers[setting] = recognizer
        return recognizer
    }
}

/// An error for a folder without pictures.
struct MissingPictures: Error, CustomStringConvertible {
    var description: String { "there are no pictures: Benchmarks/run creates them" }
}
