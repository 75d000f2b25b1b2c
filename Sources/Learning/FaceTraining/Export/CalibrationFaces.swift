import Augmentation
import Datasets
public import Faces
public import Foundation
import LikenessSupport
import Pixels

/// Faces of an archive for quantizing a network, and faces of other people for measuring the loss of accuracy.
///
/// The choice covers as many people as possible: each has one face before any has two. The people whom
/// ``StageSettings`` holds out by default are excluded, so that they can still be used for evaluation.
public struct CalibrationFaces: Sendable {
    /// The faces that determine the ranges of the activations.
    public let calibrating: [AlignedFace]
    /// The faces on which the quantized network is compared with the trained one.
    public let comparing: [AlignedFace]

    /// Four of five people are used for calibration, the fifth for comparison.
    private static let stride = 5
    /// The largest number of faces for comparison.
    static let compared = 128

    /// Chooses and decodes faces. The same archive and count always give the same faces.
    ///
    /// - Parameters:
    ///   - archive: An archive folder from `likeness pack`.
    ///   - template: The alignment template.
    ///   - count: The number of faces for calibration, at least 1.
    /// - Throws: ``FaceTrainingError/tooFewFaces(_:people:found:wanted:)``; `ArchiveError` or `ImageError` if the
    ///   archive is damaged.
    public init(archive folder: URL, template: AlignmentTemplate, count: Int) throws {
        let archive = try FaceArchive(contentsOf: folder)
        let people = Self.people(archive)
        func rounds(_ isWanted: (Int) -> Bool) -> [Int] {
            let chosen = people.enumerated().filter { isWanted($0.offset) }.map(\.element)
            let longest = chosen.map(\.count).max() ?? 0
            return (0..<longest).flatMap { round in chosen.compactMap { round < $0.count ? $0[round] : nil } }
        }
        let first = rounds { $0 % Self.stride != Self.stride - 1 },
            second = rounds { $0 % Self.stride == Self.stride - 1 }
        guard first.count >= count, !second.isEmpty else {
            throw FaceTrainingError.tooFewFaces(
                folder.path, people: people.count, found: first.count, wanted: count)
        }
        func faces(_ indices: some Sequence<Int>) throws -> [AlignedFace] {
            try indices.map { try archive.entries[$0].face.aligned(in: archive.image(at: $0), to: template) }
        }
        calibrating = try faces(first.prefix(count))
        comparing = try faces(second.prefix(Self.compared))
    }

    /// Returns the faces of each person who is not held out, with people and faces in an order drawn from the seed.
    /// Each unlabeled face counts as a person.
    private static func people(_ archive: FaceArchive) -> [[Int]] {
        let settings = StageSettings()
        let split = SubjectSplit(dealing: archive.identities, validation: settings.heldOut, seed: settings.splitSeed)
        let isHeldOut = Set(split.validation)
        var byPerson: [String: [Int]] = [:], people: [[Int]] = []
        for (index, entry) in archive.entries.enumerated() {
            switch entry.identity {
            case nil: people.append([index])
            case let person? where !isHeldOut.contains(person): byPerson[person, default: []].append(index)
            default: break
            }
        }
        people += byPerson.sorted { $0.key < $1.key }.map(\.value)
        var generator = SeededGenerator(seed: settings.splitSeed)
        generator.shuffle(&people)
        return people.map { faces in
            var faces = faces
            generator.shuffle(&faces)
            return faces
        }
    }
}
