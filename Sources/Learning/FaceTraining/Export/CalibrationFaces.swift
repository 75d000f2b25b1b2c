import Augmentation
import Datasets
public import Faces
public import Foundation
import LikenessSupport
import Pixels

/// Faces of an archive to quantize a network with, and others to see what that costs; nobody is in both.
///
/// As many people as possible are shown, a face of each before the second of any. Those whom ``StageSettings`` holds out
/// of training by its defaults are left out: what is measured on them stays a measurement.
public struct CalibrationFaces: Sendable {
    /// The faces over which the activations' ranges are taken.
    public let calibrating: [AlignedFace]
    /// The faces on which the quantized network is compared with the trained one.
    public let comparing: [AlignedFace]

    /// Of five people four are calibrated with, the fifth is compared on.
    private static let stride = 5
    /// How many faces are compared on, at most.
    static let compared = 128

    /// Chooses and decodes faces; the same archive and count give the same faces.
    ///
    /// - Parameters:
    ///   - archive: A folder that `likeness pack` made.
    ///   - template: What they are aligned to.
    ///   - count: How many to calibrate with, at least 1.
    /// - Throws: ``FaceTrainingError/tooFewFaces(_:people:found:wanted:)``; `ArchiveError` or `ImageError` where the archive is
    ///   damaged.
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

    /// The faces of each person who may be shown, people and faces in an order drawn from the seed; a face of nobody knows
    /// whom is a person of its own.
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
