import Datasets
import Foundation
import LikenessSupport
import TestSupport
import Testing

@Suite struct PairListTests {
    private let lfw = "2\t1\nAda\t1\t12\nAda\t1\tGrace\t10000\nEmmy\t2\t3\nEmmy\t2\tSofja\t1\n"

    @Test(arguments: ["\n", "\r\n"]) func readsLFW(lineEnd: String) throws {
        let list = try PairList(text: lfw.replacing("\n", with: lineEnd))
        #expect(list.folding == .given)
        #expect(list.foldCount == 2)
        #expect(
            list.pairs.map(\.imageA) == [
                "Ada/Ada_0001.jpg", "Ada/Ada_0001.jpg", "Emmy/Emmy_0002.jpg", "Emmy/Emmy_0002.jpg",
            ])
        #expect(
            list.pairs.map(\.imageB)
                == ["Ada/Ada_0012.jpg", "Grace/Grace_10000.jpg", "Emmy/Emmy_0003.jpg", "Sofja/Sofja_0001.jpg"])
        #expect(list.pairs.map(\.isMated) == [true, false, true, false])
        #expect(list.pairs.map(\.fold) == [0, 0, 1, 1])
        #expect(list.pairs.map(\.line) == [2, 3, 4, 5])
        #expect(list.pairs[1].personA == "Ada" && list.pairs[1].personB == "Grace")
        #expect(list.images.count == 6)
    }

    @Test func readsLFWWithoutFoldsAndTabs() throws {
        let list = try PairList(text: "2\nAda 1 2\nEmmy 1 2\nAda 1 Emmy 1\nAda 2 Emmy 2\n")
        #expect(list.pairs.map(\.isMated) == [true, true, false, false])
        #expect(list.folding == .dealt)
        #expect(list.pairs.map(\.fold) == [0, 1, 0, 1])
    }

    @Test func reportsEveryFaultOfLFW() {
        let text = "1\t2\nAda\t1\t2\nAda\t1\tzero\nAda\t1\tAda\t2\nAda\t1\tGrace\n"
        #expect(
            throws: DatasetError.malformed(
                "pairs",
                [
                    LineFault(
                        line: 3, field: "picture",
                        message: "'zero' is not the number of a picture, which must be 1 or more"),
                    LineFault(line: 4, message: "an impostor pair of Ada with Ada"),
                    LineFault(
                        line: 5,
                        message: "an impostor pair, NAME n OTHER m, was expected here, but the line has 3 fields"),
                ])
        ) { try PairList(text: text, name: "pairs") }
    }

    @Test func countsTheLinesOfLFW() {
        #expect(
            throws: DatasetError.malformed(
                "pairs", [LineFault(line: 1, message: "the header announces 4 pairs, but 3 follow")])
        ) { try PairList(text: "2\t1\nAda\t1\t2\nAda\t1\tGrace\t1\nEmmy\t2\t3\n", name: "pairs") }
    }

    @Test(.enabled(if: Fixtures.hasLFW, "\(Fixtures.needsLFW)")) func readsTheRealList() throws {
        let list = try PairList(contentsOf: Fixtures.lfw.appending(path: "pairs.txt"))
        #expect(list.pairs.count == 6_000)
        #expect(list.foldCount == 10)
        for fold in 0..<10 {
            #expect(list.pairs.count { $0.fold == fold && $0.isMated } == 300)
            #expect(list.pairs.count { $0.fold == fold && !$0.isMated } == 300)
        }
        #expect(list.images.count == 7_701)
        #expect(list.problems(in: Fixtures.lfw) == [])
    }

    @Test(arguments: ["", "image_a,image_b,same,fold\n", "\u{FEFF}Image_A, image_b ,SAME,fold\n"])
    func readsCSV(header: String) throws {
        try TemporaryFolder.with { folder in
            let rows = "ada/1.jpg,/x/2.jpg,1,b\n\"a, b.jpg\",c.jpg,No,a\nd.jpg,e.jpg,TRUE,a\nd.jpg,f.jpg,false,b\n"
            try folder.write(Data((header + rows).utf8), to: "pairs.csv")
            let list = try PairList(contentsOf: folder.url.appending(path: "pairs.csv"))
            #expect(list.folding == .given)
            #expect(list.pairs.map(\.imageA) == ["ada/1.jpg", "a, b.jpg", "d.jpg", "d.jpg"])
            #expect(list.pairs.map(\.isMated) == [true, false, true, false])
            #expect(list.pairs.map(\.fold) == [1, 0, 0, 1])
            #expect(list.pairs.map(\.line) == (header.isEmpty ? [1, 2, 3, 4] : [2, 3, 4, 5]))
            #expect(PairList.url(of: list.pairs[0].imageA, in: folder.url) == folder.url.appending(path: "ada/1.jpg"))
            #expect(PairList.url(of: list.pairs[0].imageB, in: folder.url).path == "/x/2.jpg")
        }
    }

    @Test func takesColumnsInAnyOrderAndIgnoresOthers() throws {
        let list = try PairList(text: "remark,same,image_b,image_a\nx,yes,b.jpg,a.jpg\n,no,c.jpg,a.jpg\n")
        #expect(list.pairs.map(\.imageA) == ["a.jpg", "a.jpg"])
        #expect(list.pairs.map(\.imageB) == ["b.jpg", "c.jpg"])
        #expect(list.pairs.map(\.isMated) == [true, false])
    }

    @Test func ordersFoldsByNumber() throws {
        let list = try PairList(text: "a,b,1,10\na,c,0,9\na,d,0,2\n")
        #expect(list.pairs.map(\.fold) == [2, 1, 0])
    }

    @Test func dealsEachKindInTenRuns() throws {
        let mated = (0..<25).map { "m\($0),n\($0),1\n" }, impostors = (0..<40).map { "i\($0),j\($0),0\n" }
        let list = try PairList(text: (mated + impostors).joined())
        #expect(list.folding == .dealt)
        let matedFolds = list.pairs.filter(\.isMated).map(\.fold)
        #expect(matedFolds == matedFolds.sorted())
        #expect(Set((0..<10).map { fold in matedFolds.count { $0 == fold } }) == [2, 3])
        #expect((0..<10).allSatisfy { fold in list.pairs.count { !$0.isMated && $0.fold == fold } == 4 })
    }

    @Test func dealsOneFoldWhereAKindIsAbsent() throws {
        #expect(try PairList(text: "a,b,1\nc,d,1\n").foldCount == 1)
    }

    @Test func reportsEveryFaultOfCSV() {
        let text = "image_a,image_b,same,fold\na,b,maybe,1\na,,1,1\na,b,1\n\na,\"c,1,1\n"
        #expect(
            throws: DatasetError.malformed(
                "pairs",
                [
                    LineFault(line: 2, field: "same", message: "'maybe' is not one of 1, 0, true, false, yes, no"),
                    LineFault(line: 3, field: "image_b", message: "it is empty"),
                    LineFault(line: 4, message: "3 fields instead of 4"),
                    LineFault(line: 6, message: "a quoted field is never closed"),
                ])
        ) { try PairList(text: text, name: "pairs") }
    }

    @Test func saysWhatTheHeaderLacks() {
        let error = #expect(throws: DatasetError.self) { try PairList(text: "left,image_b\na,b\n", name: "p.csv") }
        #expect(
            error?.description
                == "p.csv: line 1: the header lacks image_a, same: it needs image_a,image_b,same[,fold]")
        #expect(throws: DatasetError.self) { try PairList(text: "image_a,image_b,same,same\na,b,1,1\n") }
    }

    @Test(arguments: ["", "\n\n", "image_a,image_b,same\n"]) func refusesAnEmptyList(text: String) {
        #expect(throws: DatasetError.empty("p")) { try PairList(text: text, name: "p") }
    }

    @Test func saysWhyAFileCannotBeRead() throws {
        try TemporaryFolder.with { folder in
            try folder.write(Data([0xFF, 0xFE, 0x00]), to: "binary.csv")
            let binary = folder.url.appending(path: "binary.csv"), absent = folder.url.appending(path: "absent.csv")
            #expect(throws: DatasetError.notText(binary.path)) { try PairList(contentsOf: binary) }
            #expect(throws: DatasetError.unreadable(absent.path, reason: "there is no such file")) {
                try PairList(contentsOf: absent)
            }
            #expect(throws: DatasetError.unreadable(folder.url.path, reason: "it is a folder")) {
                try PairList(contentsOf: folder.url)
            }
        }
    }

    @Test func reportsEveryProblem() throws {
        try TemporaryFolder.with(files: ["a.jpg", "b.jpg"]) { folder in
            let list = try PairList(
                text: "a.jpg,b.jpg,1\nb.jpg,a.jpg,1\na.jpg,b.jpg,0\na.jpg,a.jpg,1\na.jpg,c.jpg,0\nc.jpg,d.jpg,0\n",
                name: "p")
            let problems: [PairList.Problem] = [
                .duplicate(line: 2, first: 1), .contradiction(line: 3, first: 1), .selfPair(line: 4, image: "a.jpg"),
                .missing(line: 5, image: "c.jpg"), .missing(line: 6, image: "d.jpg"),
            ]
            #expect(list.problems(in: folder.url) == problems)
            let error = #expect(throws: DatasetError.faulty("p", problems)) { try list.check(in: folder.url) }
            #expect(error?.description.hasPrefix("p: line 2: repeats the pair of line 1; line 3: ") == true)
        }
    }

    @Test func shortensALongListOfFaults() {
        let error = DatasetError.malformed("p", (1...12).map { LineFault(line: $0, message: "bad") })
        #expect(error.description.hasSuffix("line 10: bad; and 2 more"))
    }
}
