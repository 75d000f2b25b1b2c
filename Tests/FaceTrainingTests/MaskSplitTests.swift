import Networks
import Testing

@testable import FaceTraining

@Suite struct MaskSplitTests {
    private let pictures = (0..<300).map { maskPicture("photo_\($0 / 3)", $0 % 2 == 0 ? .bare : .mask) }

    @Test func picturesOfOneSourceStayTogether() {
        let split = MaskSplit(pictures, fold: 1, of: 5)
        let sets = [split.training, split.validation, split.test].map { Set($0.map(\.source)) }
        #expect(sets[0].isDisjoint(with: sets[1]) && sets[0].isDisjoint(with: sets[2]))
        #expect(sets[1].isDisjoint(with: sets[2]))
        #expect(sets.map(\.count).reduce(0, +) == 100)
        #expect(split.training.count > 120 && split.test.count > 20 && split.validation.count > 20)
    }

    @Test func overAllFoldsEveryPictureIsMeasuredOnce() {
        let tests = (0..<5).flatMap { MaskSplit(pictures, fold: $0, of: 5).test }
        #expect(tests.count == 300)
        #expect(Set(tests.map(\.source)).count == 100)
    }
}
