import Datasets
import Foundation
import Testing

@Suite("Template lists")
struct TemplateListTests {
    private static let text = """
        template,file,identity,media
        1,a.jpg,ada,
        1,v/1.jpg,ada,v
        2,a.jpg,ada,
        3,b.jpg,bob,

        """

    private func message(_ work: () throws -> Void) -> String {
        do {
            try work()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("Pictures, their people, and distinct files")
    func templates() throws {
        let list = try TemplateList(text: Self.text)
        #expect(list.pictures.map(\.template) == ["1", "1", "2", "3"])
        #expect(list.pictures.map(\.media) == [nil, "v", nil, nil])
        #expect(list.identities == ["1": "ada", "2": "ada", "3": "bob"])
        #expect(list.files == ["a.jpg", "v/1.jpg", "b.jpg"])
        #expect(
            try TemplateList(text: "identity,file,template\nada,a.jpg,1\n").pictures[0].media == nil)
    }

    @Test("Pairs of one person's templates are mated; folds are given or made")
    func pairs() throws {
        let list = try TemplateList(text: Self.text)
        let given = try list.pairs(text: "template_a,template_b,fold\n1,2,x\n1,3,y\n3,2,x\n")
        #expect(
            given.pairs.map(\.isMated) == [true, false, false] && given.pairs.map(\.fold) == [0, 1, 0])
        #expect(
            given.folding == .given && given.pairs[1].personA == "ada" && given.pairs[1].personB == "bob")
        let dealt = try list.pairs(text: "template_a,template_b\n1,2\n1,3\n")
        #expect(dealt.folding == .dealt && dealt.pairs.map(\.line) == [2, 3])
    }

    @Test("Every invalid line is named")
    func faults() throws {
        let lines = message {
            _ = try TemplateList(
                text: "template,file,identity\n1,a.jpg,ada\n1,b.jpg,bob\n1,a.jpg,ada\n2,,ada\n",
                name: "t.csv")
        }
        for part in [
            "t.csv", "line 3, field identity: template 1 is of ada", "line 4, field file", "line 5",
        ] {
            #expect(lines.contains(part), "\(part)")
        }
        #expect(
            message { _ = try TemplateList(text: "template,file\n1,a.jpg\n") }.contains("lacks identity"))
        #expect(
            message { _ = try TemplateList(text: "template,file,identity\n") }.contains("is empty"))
        let list = try TemplateList(text: Self.text)
        let unknown = message { _ = try list.pairs(text: "template_a,template_b\n1,2\n1,9\n") }
        #expect(unknown.contains("line 3, field template_b: the template 9 does not exist"))
    }
}
