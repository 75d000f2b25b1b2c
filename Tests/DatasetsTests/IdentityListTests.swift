import Datasets
import Foundation
import LikenessSupport
import Testing

@Suite struct IdentityListTests {
    @Test func readsCSV() throws {
        let list = try IdentityList(
            text: "file,identity,source\np/b/1.webp,b,celeba\np/a/1.webp,a,pins\np/b/2.webp,b,pins\n")
        #expect(list.pictures.map(\.file) == ["p/b/1.webp", "p/a/1.webp", "p/b/2.webp"])
        #expect(list.pictures.map(\.source) == ["celeba", "pins", "pins"])
        #expect(list.identities == ["a", "b"])
        #expect(list.labels == [1, 0, 1])
        #expect(list.pictures.map(\.line) == [2, 3, 4])
        #expect(try IdentityList(text: "identity,file\na,x.jpg\n").pictures.first?.source == nil)
    }

    @Test func reportsEveryFault() {
        #expect(
            throws: DatasetError.malformed(
                "l",
                [
                    LineFault(line: 3, field: "identity", message: "it is empty"),
                    LineFault(line: 4, field: "file", message: "x.jpg is already in line 2"),
                ])
        ) { try IdentityList(text: "file,identity\nx.jpg,a\ny.jpg,\nx.jpg,b\n", name: "l") }
        #expect(
            throws: DatasetError.malformed(
                "l",
                [
                    LineFault(line: 1, message: "the header lacks file, identity: it needs file,identity[,source]")
                ])
        ) { try IdentityList(text: "x.jpg,a\n", name: "l") }
        #expect(throws: DatasetError.empty("l")) { try IdentityList(text: "file,identity\n", name: "l") }
        #expect(throws: DatasetError.empty("l")) { try IdentityList(text: "", name: "l") }
    }

    @Test func readsFoldersByIdentity() throws {
        try TemporaryFolder.with(files: [
            "b/2.JPG", "b/1.png", "staff/a/1.webp", "b/notes.txt", "stray.jpeg", "b/.hidden.jpg", ".cache/x/1.jpg",
            "b/jpg",
        ]) { folder in
            let list = try IdentityList(people: folder.url)
            #expect(list.pictures.map(\.file) == ["b/1.png", "b/2.JPG", "staff/a/1.webp"])
            #expect(list.pictures.map(\.identity) == ["b", "b", "staff/a"])
            #expect(list.strays == ["stray.jpeg"])
            try list.check(in: folder.url)
        }
    }

    @Test func readsUnlabelledPictures() throws {
        try TemporaryFolder.with(files: ["2.jpg", "1.jpg", "x/3.webp"]) { folder in
            let list = try IdentityList.unlabelled(folder.url)
            #expect(list.pictures.map(\.file) == ["1.jpg", "2.jpg", "x/3.webp"])
            #expect(list.pictures.allSatisfy { $0.identity == nil })
            #expect(list.identities.isEmpty && list.labels == [nil, nil, nil])
        }
    }

    @Test func refusesFoldersWithoutPictures() throws {
        try TemporaryFolder.with(files: ["stray.jpg"]) { folder in
            #expect(throws: DatasetError.noPersonsFolder(folder.url.path)) { try IdentityList(people: folder.url) }
            let empty = folder.url.appending(path: "empty")
            try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
            #expect(throws: DatasetError.noPictures(empty.path)) { try IdentityList(people: empty) }
            #expect(throws: DatasetError.noPictures(empty.path)) { try IdentityList.unlabelled(empty) }
            let absent = folder.url.appending(path: "absent")
            #expect(throws: DatasetError.unreadable(absent.path, reason: "there is no such folder")) {
                try IdentityList.unlabelled(absent)
            }
            let file = folder.url.appending(path: "stray.jpg")
            #expect(throws: DatasetError.unreadable(file.path, reason: "it is not a folder")) {
                try IdentityList.unlabelled(file)
            }
        }
    }

    @Test func namesEveryMissingPicture() throws {
        try TemporaryFolder.with(files: ["a.jpg"]) { folder in
            let list = try IdentityList(text: "file,identity\na.jpg,a\nb.jpg,a\nc.jpg,a\n", name: "l")
            let error = #expect(throws: DatasetError.missingPictures("l", Array(list.pictures.dropFirst()))) {
                try list.check(in: folder.url)
            }
            #expect(error?.description == "l: line 3: b.jpg does not exist; line 4: c.jpg does not exist")
        }
    }
}
