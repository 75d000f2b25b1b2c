import Faces
import Foundation
import Identities
import Testing

/// The helper program in a separate process.
final class Helper {
    private let process = Process()
    private let output = Pipe()

    /// Starts the helper.
    ///
    /// - Parameters:
    ///   - arguments: The helper's arguments.
    ///   - wrapper: A program with arguments that runs the helper.
    /// - Throws: Errors of starting the process.
    init(_ arguments: [String], through wrapper: [String] = []) throws {
        let line = wrapper + [try Self.program().path] + arguments
        process.executableURL = URL(filePath: line[0])
        process.arguments = Array(line.dropFirst())
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Starts enrolling `count` people from number `first`.
    convenience init(enrolling first: Int, count: Int, in store: URL, _ gallery: String) throws {
        try self.init(["enroll", store.path, gallery, "\(first)", "\(count)"])
    }

    func finish() -> Int32 { outcome().status }

    /// Returns the exit status and the output.
    func outcome() -> (status: Int32, text: String) {
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    /// Kills the process with SIGKILL at any point.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Kills the process with SIGKILL once it has acknowledged `count` enrollments, and returns all that it
    /// acknowledged.
    func kill(afterReading count: Int) throws -> [Int] {
        var text = Data()
        while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "the helper ended by itself")
            text += more
        }
        #expect(Foundation.kill(process.processIdentifier, SIGKILL) == 0)
        text += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    }

    /// Returns the path of the program, beside the tests.
    static func program() throws -> URL {
        let here =
            Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
            + [Bundle.main.bundleURL, URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let found = here.map { $0.appending(path: "EnrollmentHelper") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return try #require(found, "EnrollmentHelper lies beside the tests")
    }

    /// The command that runs a program as the user "nobody", who is subject to file modes; `nil` if that is not
    /// possible.
    static let asNobody: [String]? = works(
        ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"])

    /// The command that runs a program in its own mount namespace; `nil` if that is not possible.
    static let withOwnMounts: [String]? = works(["/usr/bin/unshare", "--mount"])

    private static func works(_ wrapper: [String]) -> [String]? {
        // Without arguments, the helper exits with 64.
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: wrapper[0]),
            let helper = try? Helper([], through: wrapper)
        else { return nil }
        return helper.finish() == 64 ? wrapper : nil
    }
}

/// Returns the embedding that the helper makes from a person's number.
func expected(_ person: Int, of gallery: Gallery) throws -> Embedding {
    try Embedding(
        normalizing: (0..<gallery.info.dimension).map { Float(sin(Double((person + 1) * ($0 + 1)) * 1.7)) },
        model: gallery.model)
}
