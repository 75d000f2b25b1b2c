import ArgumentParser
import Foundation
import LikenessServer

/// `likeness-server keys`
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, list and revoke the keys of callers.", subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key and print it. Only its digest is kept, so it can't be shown again.")

        @OptionGroup var places: Places
        @Option(help: "A name for people, such as the name of the door or of the program.") var name: String
        @Option(
            help: "What the key allows: read (detect, verify, identify, list), enroll (also change people) or admin.")
        var role: String
        @Option(help: "The only gallery that the key is for. (default: all)") var gallery: String?
        @Option(help: "The days until the key ends. (default: it does not end)") var days: Double?

        mutating func validate() throws {
            guard Role(rawValue: role) != nil else { throw ValidationError("--role must be read, enroll or admin") }
        }

        func run() async throws {
            let keys = KeyStore(try ServerDatabase(at: places.database))
            print(try await keys.create(name, role: Role(rawValue: role) ?? .read, gallery: gallery, days: days).secret)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all keys, without their secrets.")

        @OptionGroup var places: Places

        func run() async throws {
            let format = Date.ISO8601FormatStyle()
            for key in try await KeyStore(try ServerDatabase(at: places.database, creates: false)).all() {
                let state =
                    key.revoked.map { "revoked \(format.format($0))" }
                    ?? key.expires.map { ($0 < Date() ? "ended " : "ends ") + format.format($0) } ?? "valid"
                print(key.id, key.role.rawValue, key.gallery ?? "(all galleries)", state, key.name, separator: "  ")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key, at once and for good.")

        @OptionGroup var places: Places
        @Argument(help: "The key's id: the part after lk_.") var id: String

        func run() async throws {
            try await KeyStore(try ServerDatabase(at: places.database, creates: false)).revoke(id)
        }
    }
}
