import Faces
import Foundation
import Identities
import IdentitiesSQLite

/// A separate process that uses a store, for tests.
///
/// ```
/// EnrollmentHelper enroll STORE GALLERY FIRST COUNT   enrolls synthetic people, and prints the number of each
///                                                     when it is acknowledged
/// EnrollmentHelper first STORE GALLERY PERSON         does so for one person, and creates the store and the gallery
///                                                     if they do not exist
/// EnrollmentHelper find STORE GALLERY PERSON          opens the store for reading, and prints the mode, and the person
///                                                     that was found
/// ```
@main
struct EnrollmentHelper {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 4, let person = Int(arguments[3]) else {
            FileHandle.standardError.write(
                Data("usage: EnrollmentHelper enroll|first|find STORE GALLERY PERSON…\n".utf8))
            exit(64)
        }
        // With this, exceeding a limit of file size is a write error.
        signal(SIGXFSZ, SIG_IGN)
        let url = URL(filePath: arguments[1]), name = arguments[2]
        do {
            switch arguments[0] {
            case "enroll":
                let gallery = try await SQLiteStore(at: url, patience: 30).gallery(name)
                let count = arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1
                for number in person..<person + count { try await enroll(number, into: gallery) }
            case "first":
                let store = try await SQLiteStore(at: url, patience: 30)
                let gallery = try await store.openOrCreateGallery(
                    name, model: ModelIdentity(name: "sface", contract: "0123456789ab/1"), dimension: 32)
                try await enroll(person, into: gallery)
            default:
                let store = try await SQLiteStore(reading: url)
                let gallery = try await store.gallery(name)
                let found = try await gallery.identify(try embedding(person, of: gallery), threshold: 0.999)
                print("\(store.use) \(found.person?.name ?? "nobody") of \(try await gallery.people().count)")
            }
        } catch let error as GalleryError {
            print("\(error.code): \(error)")
            exit(1)
        }
    }

    private static func enroll(_ number: Int, into gallery: Gallery) async throws {
        try await gallery.enroll("person \(number)", try embedding(number, of: gallery))
        FileHandle.standardOutput.write(Data("\(number)\n".utf8))
    }

    private static func embedding(_ person: Int, of gallery: Gallery) throws -> Embedding {
        try Embedding(normalizing: numbers(person, dimension: gallery.info.dimension), model: gallery.model)
    }

    /// Returns the values of a person, which depend only on its number; the tests compute the same.
    private static func numbers(_ person: Int, dimension: Int) -> [Float] {
        (0..<dimension).map { Float(sin(Double((person + 1) * ($0 + 1)) * 1.7)) }
    }
}
