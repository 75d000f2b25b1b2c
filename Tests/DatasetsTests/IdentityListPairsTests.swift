import Datasets
import Testing

@Suite("The pictures of a list of pairs") struct IdentityListPairsTests {
    @Test("Each picture once, in the order of the pairs, with its person if the list names one")
    func pictures() throws {
        let pairs = try PairList(text: "image_a,image_b,same\nb.png,a.png,1\na.png,c.png,0\nb.png,c.png,0\n")
        let list = IdentityList(picturesOf: pairs, name: "pairs.csv")
        #expect(list.name == "pairs.csv" && list.pictures.map(\.file) == ["b.png", "a.png", "c.png"])
        #expect(list.pictures.allSatisfy { $0.identity == nil })
        let named = PairList(
            name: "named",
            pairs: [
                .init(imageA: "x", imageB: "y", isMated: false, fold: 0, personA: "one", personB: "two", line: 4)
            ], folding: pairs.folding)
        #expect(IdentityList(picturesOf: named, name: "").pictures.map(\.identity) == ["one", "two"])
        #expect(IdentityList(picturesOf: named, name: "").pictures.map(\.line) == [4, 4])
    }
}
