import Augmentation
import LikenessSupport

/// Pictures dealt into those that are trained on, those that decide when to stop, and those that are only measured;
/// pictures of one source stay together.
struct MaskSplit: Sendable {
    var training: [MaskPicture] = []
    var validation: [MaskPicture] = []
    var test: [MaskPicture] = []

    /// Deals sources into `folds` parts: part `fold` is the test, the one after it the validation.
    ///
    /// Where a source goes depends on its name alone, so that over all folds every picture is measured once.
    init(_ pictures: [MaskPicture], fold: Int, of folds: Int) {
        precondition(folds > 2 && (0..<folds).contains(fold), "test, validation and training are three parts at least")
        for picture in pictures {
            switch Self.part(of: picture.source, of: folds) {
            case fold: test.append(picture)
            case (fold + 1) % folds: validation.append(picture)
            default: training.append(picture)
            }
        }
    }

    /// FNV-1a of the name, mixed: names that differ in their last digit alone go to different parts.
    static func part(of source: String, of folds: Int) -> Int {
        let hash = source.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: hash)
        return generator.index(below: folds)
    }
}
