import Faces
import Foundation
import Identities

/// Enrolls one made-up person after another and prints each one's number once the enrollment is acknowledged.
///
///     EnrollmentHelper STORE GALLERY FIRST COUNT
@main
struct EnrollmentHelper {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let first = Int(arguments[3]), let count = Int(arguments[4]) else {
            FileHandle.standardError.write(Data("usage: EnrollmentHelper STORE GALLERY FIRST COUNT\n".utf8))
            exit(64)
        }
        let store = try await SQLiteStore(at: URL(filePath: arguments[1]), patience: 30)
        let gallery = try await store.gallery(arguments[2])
        for number in first..<first + count {
            let embedding = try Embedding(
                normalizing: numbers(number, dimension: gallery.info.dimension), model: gallery.model)
            try await gallery.enroll("person \(number)", embedding)
            FileHandle.standardOutput.write(Data("\(number)\n".utf8))
        }
    }

    /// As many numbers as wanted, the same for the same person; the tests make them likewise.
    private static func numbers(_ person: Int, dimension: Int) -> [Float] {
        (0..<dimension).map { Float(sin(Double((person + 1) * ($0 + 1)) * 1.7)) }
    }
}
