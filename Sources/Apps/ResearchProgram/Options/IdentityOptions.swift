import ArgumentParser
import Datasets
import Foundation
import LikenessCommand
import LikenessSupport
import Reports

/// The pictures and the people in them.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The list of pictures: CSV with the columns file,identity. (default: --images has a subfolder per person)",
            valueName: "file"))
    var people: String?

    @Option(help: "The maximum number of pictures per person; the first ones of the list are used.")
    var perPerson: Int?

    mutating func validate() throws {
        if let perPerson, perPerson < 2 {
            throw ValidationError("--per-person must be 2 or more: a mated pair needs two pictures")
        }
    }

    /// The list; it may not be overwritten.
    var inputs: InputFiles { InputFiles(people.map { [$0] } ?? []) }

    /// Returns the pictures with known people. Prints remarks about pictures that are left out.
    func pictures(in folder: URL) throws -> [IdentityList.Picture] {
        let list =
            try people.map { try IdentityList(contentsOf: URL(filePath: $0)) } ?? IdentityList(people: folder)
        if let first = list.unreadable.first {
            throw Failure.cannotRead(
                "the folder \(first)", reason: "the people in it would be missing from the results")
        }
        if !list.strays.isEmpty {
            Terminal.note("left out: \(counted(list.strays.count, "picture")) outside the folders of people")
        }
        if let remark = list.linksRemark { Terminal.note(remark) }
        var taken: [String: Int] = [:]
        return list.pictures.filter { picture in
            guard let identity = picture.identity else { return false }
            taken[identity, default: 0] += 1
            return perPerson.map { taken[identity, default: 0] <= $0 } ?? true
        }
    }

    /// Returns the source of the pictures, for a report page.
    func fact(in folder: String) -> Page.Fact {
        Page.Fact("Pictures", people.map { "\($0), in \(folder)" } ?? "a folder for each person in \(folder)")
    }
}
