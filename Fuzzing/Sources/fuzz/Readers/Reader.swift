import Foundation

/// A part of Likeness that reads external bytes, to be tested with arbitrary bytes.
///
/// Whatever the bytes are, it must return or throw an error that it ``expects``, and must never end the process.
struct Reader: Sendable {
    /// The kind of work: some stores can only be used from asynchronous code.
    enum Work: Sendable {
        case direct(@Sendable ([UInt8]) throws -> Void)
        case waiting(@Sendable ([UInt8]) async throws -> Void)
    }

    /// The name of the reader, and of its folder in `Corpus`.
    let name: String
    /// The longest useful input, in bytes.
    let longest: Int
    /// Returns whether an error is one that the reader's documentation promises.
    let expects: @Sendable (any Error) -> Bool
    /// The work of the reader.
    let work: Work

    init(
        _ name: String, longest: Int = 4096, expects: @escaping @Sendable (any Error) -> Bool,
        reading: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        (self.name, self.longest, self.expects, work) = (name, longest, expects, .direct(reading))
    }

    init(
        _ name: String, longest: Int = 4096, expects: @escaping @Sendable (any Error) -> Bool,
        waiting: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        (self.name, self.longest, self.expects, work) = (name, longest, expects, .waiting(waiting))
    }

    /// All readers.
    static let all: [Reader] =
        pictures + cards + lists + archives + stores + configurations + experiments + networks + augmentations

    /// An error that the reader must not throw.
    struct Unexpected: Error, CustomStringConvertible {
        let reader: String
        let error: any Error
        var description: String { "\(reader) threw \(type(of: error)), which it does not promise: \(error)" }
    }

    /// Reads `bytes`.
    ///
    /// - Throws: ``Unexpected``.
    func read(_ bytes: [UInt8]) async throws {
        do {
            switch work {
            case .direct(let work): try work(bytes)
            case .waiting(let work): try await work(bytes)
            }
        } catch {
            guard expects(error) else { throw Unexpected(reader: name, error: error) }
        }
    }
}

/// A temporary folder of this process for the readers' files.
enum Scratch {
    static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "likeness-readers-\(ProcessInfo.processInfo.processIdentifier)", directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            fatalError("\(folder.path) can't be created: \(error)")
        }
        atexit { try? FileManager.default.removeItem(at: Scratch.folder) }
        return folder
    }()

    /// Returns a new, empty folder.
    static func emptied(_ name: String) throws -> URL {
        let place = folder.appending(path: name, directoryHint: .isDirectory)
        try? FileManager.default.removeItem(at: place)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        return place
    }

    /// Returns a file that holds `bytes`, replacing an earlier one.
    static func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> URL {
        let place = folder.appending(path: name)
        try Data(bytes).write(to: place)
        return place
    }
}

extension [UInt8] {
    /// The bytes as UTF-8, with invalid bytes replaced.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The parts before and after the first zero; the second is empty if there is none.
    var halves: (ArraySlice<UInt8>, ArraySlice<UInt8>) {
        let end = firstIndex(of: 0) ?? count
        return (self[..<end], self[Swift.min(end + 1, count)...])
    }
}
