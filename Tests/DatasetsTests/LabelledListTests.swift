import Datasets
import Foundation
import Testing

@Suite("Labeled pictures")
struct LabelledListTests {
    @Test("Columns are found by name, in any order; empty fields are unknown")
    func columns() throws {
        let text = """
            Age,file,identity,Group,more
            20,a.jpg,ada,x,1
            30,b.jpg,,y,2
            ,c.jpg,ada,,3

            """
        let list = try LabelledList(text: text, columns: ["group", "Age"])
        #expect(list.columns == ["group", "Age"])
        #expect(list.pictures.map(\.file) == ["a.jpg", "b.jpg", "c.jpg"])
        #expect(list.pictures.map(\.identity) == ["ada", nil, "ada"])
        #expect(list.pictures.map(\.labels) == [["x", "20"], ["y", "30"], [nil, nil]])
        #expect(list.pictures.map(\.line) == [2, 3, 4])
        let folder = URL(filePath: "/photos", directoryHint: .isDirectory)
        #expect(LabelledList.url(of: list.pictures[0], in: folder).path == "/photos/a.jpg")
    }

    @Test("Without the column of identities, all people are unknown")
    func noIdentities() throws {
        let list = try LabelledList(text: "file,race\na.jpg,1\nb.jpg,2\n", columns: ["race"])
        #expect(list.pictures.map(\.identity) == [nil, nil])
    }

    @Test("Missing columns and all invalid lines are named")
    func faults() throws {
        func message(_ text: String) -> String {
            do {
                _ = try LabelledList(text: text, columns: ["race"], name: "faces.csv")
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(message("file,age\na.jpg,3\n").contains("lacks race"))
        #expect(message("age,race\n3,4\n").contains("lacks file"))
        let lines = message("file,race\na.jpg,1,2\n,1\nb.jpg,1\nb.jpg,2\n")
        for part in ["faces.csv", "line 2", "line 3, field file", "b.jpg is already in line 4"] {
            #expect(lines.contains(part), "\(part)")
        }
        #expect(message("file,race\n").contains("is empty"))
    }
}
