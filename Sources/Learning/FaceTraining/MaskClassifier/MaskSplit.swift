import Augmentation
import LikenessSupport

/// Pictures split into a training set, a validation set, which decides when to stop, and a test set. Pictures of one
/// source stay together.
struct MaskSplit: Sendable {
    var training: [MaskPicture] = []
    var validation: [MaskPicture] = []
    var test: [MaskPicture] = []

    /// Splits sources into `folds` parts: part `fold` is the test set, the next one the validation set.
    ///
    /// The part of a source depends only on its name, so that all folds together measure every picture once.
    init(_ pictures: [MaskPicture], fold: Int, of folds: Int) {
        precondition(
            folds > 2 && (0..<folds).contains(fold),
            "there must be at least three folds, and the fold must be one of them")
        for picture in pictures {
            switch Self.part(of: picture.source, of: folds) {
            case fold: test.append(picture)
            case (fold + 1) % folds: validation.append(picture)
            default: training.append(picture)
            }
        }
    }

    /// Returns the part of a source: a mixed FNV-1a hash of the name, so that names that differ only in the last digit
    /// go to different parts.
    static func part(of source: String, of folds: Int) -> Int {
        let hash = source.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: hash)
        return generator.index(below: folds)
    }
}
