import Detectors
import Faces
package import Foundation
import Inference
import Pixels

/// The detectors and photographs for trying cases.
package struct SweepBench: Sendable {
    private let detectors: [String: any FaceDetector]
    private let material: SweepMaterial

    /// The swept detectors, fastest first.
    package static let detectorNames = ["yunet", "retinaface", "mtcnn"]

    /// Loads the detectors from the output of the setup.
    ///
    /// - Parameters:
    ///   - dependencies: The folder that `scripts/setup` creates.
    ///   - street: A folder of street scenes with a `boxes.csv`; without it, noise replaces photographs without faces.
    ///   - cache: The folder for compiled networks, because there are dozens of canvases; `nil` compiles them again.
    /// - Throws: Errors of loading the engine, the networks or the pictures.
    package init(dependencies: URL, street: URL, cache: URL?) async throws {
        let engine = try await EngineExecutor.run {
            try Engine(libraryDirectory: dependencies.appending(path: "openvino/lib"))
        }
        let models = dependencies.appending(path: "models")
        let network = NetworkConfiguration(threads: 1, cacheDirectory: cache)
        let yunet = try YuNetDetector(engine: engine, directory: models.appending(path: "yunet"), network: network)
        detectors = [
            "yunet": yunet,
            "retinaface": try RetinaFaceDetector(
                engine: engine, directory: models.appending(path: "retinaface-mobilenet025"), network: network),
            "mtcnn": try MTCNNDetector(
                engine: engine, directory: models.appending(path: "mtcnn"), network: network),
        ]
        material = try await SweepMaterial(
            portraits: dependencies.appending(path: "portraits"), street: street, detector: yunet)
    }

    /// Returns the failures of a case, in words; empty if there are none.
    package func complaints(about sweepCase: SweepCase) async -> [String] {
        guard let detector = detectors[sweepCase.detector] else { return ["no detector '\(sweepCase.detector)'"] }
        do {
            let picture = try material.picture(of: sweepCase)
            let all = try await detector.faces(in: picture.image)
            var complaints = sweepCase.complaints(about: all, in: picture)
            // Only YuNet searches less if one face is wanted, and only in large pictures.
            guard sweepCase.detector == "yunet", sweepCase.longestSide >= 960 else { return complaints }
            for selection in [FaceSelection.largest, .center] {
                let found = try await detector.faces(in: picture.image, for: selection)
                complaints += sweepCase.complaints(about: found, among: all, wanting: selection, in: picture)
            }
            return complaints
        } catch {
            return ["\(error)"]
        }
    }
}

extension SweepCase {
    /// Returns the first `count` cases of each detector, or `counts` of each, in an order that compiles few networks.
    package static func cases(ofSweep seed: UInt64, counts: [String: Int]) -> [SweepCase] {
        counts.sorted { $0.key < $1.key }.flatMap { detector, count in
            (0..<count).map { SweepCase($0, ofSweep: seed, detector: detector) }
                .sorted { ($0.longestSide, $0.shortestSide) < ($1.longestSide, $1.shortestSide) }
        }
    }

    fileprivate var longestSide: Int { max(width, height) }
    private var shortestSide: Int { min(width, height) }

    /// The case as one line of JSON for ``init(line:)``.
    package var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "\(self)"
    }

    /// Creates the case from its ``line``.
    package init(line: String) throws {
        self = try JSONDecoder().decode(SweepCase.self, from: Data(line.utf8))
    }
}
