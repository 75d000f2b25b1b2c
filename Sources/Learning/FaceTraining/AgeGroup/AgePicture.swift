import Datasets
import Faces
import Foundation
import Networks
import Pixels

/// A face of an archive with labels from its file name, in the form of UTKFace: `AGE_GENDER_RACE_….jpg`.
struct AgePicture: Sendable {
    /// The labels in a file name.
    struct Labels: Hashable, Sendable {
        /// Years, 0...130.
        var age: Int
        /// 0: male, 1: female.
        var gender: Int
        /// 0: White, 1: Black, 2: Asian, 3: Indian, 4: others.
        var race: Int

        /// Parses a file name; `nil` if it does not have the expected form.
        init?(file: String) {
            let parts = file.split(separator: "/").last?.split(separator: "_") ?? []
            guard parts.count >= 3, let age = Int(parts[0]), let gender = Int(parts[1]), let race = Int(parts[2]),
                (0...130).contains(age), (0...1).contains(gender), (0...4).contains(race)
            else { return nil }
            (self.age, self.gender, self.race) = (age, gender, race)
        }

        var isChild: Bool { age <= AgeClassifier.oldestChild }
        var genderName: String { ["male", "female"][gender] }
        var raceName: String { ["White", "Black", "Asian", "Indian", "others"][race] }
    }

    /// A range of ages that are reported, and drawn in training, together.
    enum Group: String, CaseIterable, Sendable {
        case upTo3 = "0-3"
        case upTo8 = "4-8"
        case upTo13 = "9-13"
        case upTo17 = "14-17"
        case upTo25 = "18-25"
        case over25 = "26+"

        init(age: Int) {
            switch age {
            case ...3: self = .upTo3
            case ...8: self = .upTo8
            case ...13: self = .upTo13
            case ...17: self = .upTo17
            case ...25: self = .upTo25
            default: self = .over25
            }
        }
    }

    let archive: FaceArchive
    /// The face's index in the archive.
    let index: Int
    let labels: Labels

    var file: String { archive.entries[index].file }
    var face: Face { archive.entries[index].face }
    var group: Group { Group(age: labels.age) }

    /// The encoded file of the crop.
    var bytes: Data { archive.bytes(at: index) }

    /// Returns the archive's crop.
    func image() throws -> Image { try archive.image(at: index) }

    /// Returns the faces of an archive whose file names give the age, in the archive's order.
    static func pictures(in archive: FaceArchive) -> [AgePicture] {
        archive.entries.indices.compactMap { index in
            Labels(file: archive.entries[index].file).map { AgePicture(archive: archive, index: index, labels: $0) }
        }
    }
}

/// Pictures split by their file names into a training set, a validation set, which chooses the epoch and calibrates,
/// and a test set.
struct AgeSplit: Sendable {
    var training: [AgePicture] = []
    var validation: [AgePicture] = []
    var test: [AgePicture] = []

    /// Splits pictures into ten parts, independently of the other pictures in the list: two are the test set and one is
    /// the validation set. A test or validation picture is removed if an earlier set also contains it under another
    /// name, because it would not be held out.
    init(_ pictures: [AgePicture]) {
        for picture in pictures {
            switch MaskSplit.part(of: picture.file, of: 10) {
            case 0, 1: test.append(picture)
            case 2: validation.append(picture)
            default: training.append(picture)
            }
        }
        var seen = Set(training.map(\.bytes))
        validation.removeAll { seen.contains($0.bytes) }
        seen.formUnion(validation.map(\.bytes))
        test.removeAll { seen.contains($0.bytes) }
    }

    /// Checks that every set has both children and adults.
    ///
    /// - Throws: ``FaceTrainingError/missingAgeGroup(_:group:)``.
    func check(_ path: String) throws(FaceTrainingError) {
        for part in [training, validation, test] {
            for isChild in [true, false] where !part.contains(where: { $0.labels.isChild == isChild }) {
                throw .missingAgeGroup(path, group: isChild ? "children" : "adults")
            }
        }
    }
}
