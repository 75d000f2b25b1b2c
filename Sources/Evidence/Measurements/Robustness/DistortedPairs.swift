import Augmentation
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition

/// The pairs of a list, of which the second picture is unaltered or distorted.
struct DistortedPairs {
    /// The pairs whose pictures can be read.
    private(set) var pairs: ReadablePairs
    /// The pictures in which no face was found when unaltered, or that could not be read.
    let failures: [PairsReport.FailedImage]
    /// The faces in the unaltered pictures.
    private let faces: [String: EmbeddedFace]
    private let reading: PictureReading
    private let recognizer: Recognizer

    private var list: PairList { pairs.list }

    /// Embeds every unaltered picture of the list.
    init(_ pairs: ReadablePairs, reading: PictureReading, by recognizer: Recognizer) async throws {
        let names = pairs.list.images
        let results = try await reading.faces(
            of: names, at: names.map { PairList.url(of: $0, in: reading.folder) }, by: recognizer)
        (self.reading, self.recognizer) = (reading, recognizer)
        faces = Self.present(names, results)
        let readable = Set(results.readable.map { names[$0.place] })
        var pairs = pairs
        try pairs.leaveOut(results.notes) { !readable.contains($0.imageA) || !readable.contains($0.imageB) }
        self.pairs = pairs
        failures =
            results.readable.filter { $0.face == nil }.map {
                PairsReport.FailedImage(image: names[$0.place], reason: RecognitionError.noFace.problem)
            } + pairs.notes.unreadable
    }

    /// Returns the comparisons of the unaltered pictures.
    func unaltered() throws -> [Comparison] { try comparisons(with: faces) }

    /// Returns the comparisons of the same pairs with distorted second pictures.
    ///
    /// - Parameter seed: The seed for the noise and for the position of occlusions.
    func comparisons(under distortion: Distortion, seed: UInt64) async throws -> [Comparison] {
        var seen: Set<String> = []
        let names = list.pairs.map(\.imageB).filter { seen.insert($0).inserted }
        let results = try await reading.faces(
            of: names, at: names.map { PairList.url(of: $0, in: reading.folder) }, by: recognizer,
            altered: PictureAlteration(distortion, seed: seed), unit: "pictures with \(distortion.name)")
        return try comparisons(with: Self.present(names, results))
    }

    private func comparisons(with probes: [String: EmbeddedFace]) throws -> [Comparison] {
        try list.comparisons { pair in
            guard let first = faces[pair.imageA], let second = probes[pair.imageB] else { return nil }
            return try first.embedding.similarity(to: second.embedding)
        }
    }

    private static func present(_ names: [String], _ results: EmbeddedPictures) -> [String: EmbeddedFace] {
        var faces: [String: EmbeddedFace] = [:]
        for (place, face) in results.readable { faces[names[place]] = face }
        return faces
    }
}

extension PictureAlteration {
    /// Creates an alteration from a distortion. Its random numbers depend on `seed` and on each picture's content.
    init(_ distortion: Distortion, seed: UInt64) {
        self.init(
            identity: "\(distortion.name) \(Distortion.version) seed \(seed)", needsFace: distortion.needsFace
        ) { picture, face, content in
            try distortion.applied(to: picture, face: face, seed: content &+ seed)
        }
    }
}
