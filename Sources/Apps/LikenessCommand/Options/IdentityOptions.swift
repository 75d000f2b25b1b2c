import ArgumentParser
import Datasets
import Foundation
import LikenessSupport
import Reports

/// Whose the pictures are.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The list of pictures, CSV with file,identity. (default: a subfolder for each person)",
            valueName: "file"))
    var people: String?

    @Option(help: "The maximum number of pictures per person, from the start of the list.")
    var perPerson: Int?

    mutating func validate() throws {
        if let perPerson, perPerson < 2 { throw ValidationError("--per-person is 2 or more: a mated pair needs two") }
    }

    /// The list, which nothing may overwrite.
    var inputs: InputFiles { InputFiles(people.map { [$0] } ?? []) }

    /// The pictures whose person is known.
    func pictures(in folder: URL) throws -> [IdentityList.Picture] {
        let list =
            try people.map { try IdentityList(contentsOf: URL(filePath: $0)) } ?? IdentityList(people: folder)
        if let first = list.unreadable.first {
            throw Failure.cannotRead("the folder \(first)", reason: "figures would be without the people in it")
        }
        if !list.strays.isEmpty {
            Terminal.note("left out: \(counted(list.strays.count, "picture")) that are not in a person's folder")
        }
        if let remark = list.linksRemark { Terminal.note(remark) }
        var taken: [String: Int] = [:]
        return list.pictures.filter { picture in
            guard let identity = picture.identity else { return false }
            taken[identity, default: 0] += 1
            return perPerson.map { taken[identity, default: 0] <= $0 } ?? true
        }
    }

    /// Where the pictures are, for a page.
    func fact(in folder: String) -> Page.Fact {
        Page.Fact("Pictures", people.map { "\($0), in \(folder)" } ?? "a folder for each person in \(folder)")
    }
}
