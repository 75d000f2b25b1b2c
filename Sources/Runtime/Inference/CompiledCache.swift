import Foundation
import LikenessSupport
import Synchronization

/// Compiled networks on disk, one file each.
///
/// A file ends with a checksum and is only replaced as a whole. Processes may therefore share a folder, and a network
/// is compiled again if its file is truncated, damaged or from another version. OpenVINO's own cache detects neither a
/// flipped bit nor a writer that replaces a file that a reader has mapped. It also reads the ONNX file every time,
/// which takes a third of the time.
struct CompiledCache: Sendable {
    /// The folder, which is created at the first write.
    let directory: URL
    /// The name of the file: a digest of everything that determines the compiled network except the ONNX file's
    /// contents.
    let key: String
    /// A checksum that changes with the ONNX file's contents and with the engine. It is made from the contents' digest
    /// or, if that is unknown, the file's size and modification time.
    let stamp: UInt64

    /// Creates the cache entry of one network.
    ///
    /// - Parameters:
    ///   - directory: The cache's folder.
    ///   - url: The ONNX file.
    ///   - description: The shape, the properties and everything else that is compiled into the network.
    ///   - digest: The SHA-256 with which the file is checked before it is compiled.
    ///   - engineVersion: The engine's version.
    init(directory: URL, network url: URL, description: String, digest: String? = nil, engineVersion: String) {
        let path = url.resolvingSymlinksInPath().path
        // One folder per model, so that the cache can be listed and cleared by model.
        self.directory = directory.appending(path: url.deletingLastPathComponent().lastPathComponent)
        let digits = Checksum.of("\(path)\n\(description)")
        key = "\(url.deletingPathExtension().lastPathComponent)-\(String(digits, radix: 16))"
        stamp = Checksum.of("\(Self.version) \(digest ?? Self.state(path)) \(engineVersion)")
    }

    /// Raised if files that earlier versions wrote must not be read: version 1 could export a network beside a run.
    private static let version = 2

    /// Returns a file's size and its modification time in nanoseconds.
    private static func state(_ path: String) -> String {
        guard let status = SystemPath(path).status else { return "missing" }
        return "\(status.size) \(status.modified.seconds).\(status.modified.nanoseconds)"
    }

    var file: URL { directory.appending(path: "\(key).network") }

    /// Returns the result of `load` for the file's contents; `nil` if the file does not exist or is incomplete.
    ///
    /// `load` also receives the mapped file. Anything that refers to the contents must keep it alive.
    func read<Result>(_ load: (UnsafeRawBufferPointer, MappedFile) -> Result?) -> Result? {
        if Self.unwritten.withLock({ $0[file] != nil }) { Self.finishWriting() }
        guard let mapped = MappedFile(SystemPath(file.path)) else { return nil }
        let length = mapped.bytes.count - Self.trailer
        guard length > 0 else { return nil }
        let contents = UnsafeRawBufferPointer(rebasing: mapped.bytes[..<length])
        let checksum = mapped.bytes.loadUnaligned(fromByteOffset: length, as: UInt64.self)
        guard checksum == Checksum.of(contents, seed: stamp) else { return nil }
        // The file's modification time is the time of its last use.
        try? SystemPath(file.path).touch()
        return load(contents, mapped)
    }

    /// Stores the file that `export` writes to the given path. A cache that can't be written is ignored; it is not an
    /// error.
    func write(_ export: (String) throws -> Void) {
        if let draft = exported(export) { keep(draft) }
    }

    /// Does the same as ``write(_:)``, but only calls `export` at once: the checksum and the move follow in parallel to
    /// the caller. The process waits for them before it ends.
    ///
    /// The engine must have exported a network before its first run. An export beside a run can write a network that ends
    /// the process later.
    func exportNowAndKeepLater(_ export: (String) throws -> Void) {
        guard let draft = exported(export) else { return }
        _ = Self.waitsAtExit
        Self.unwritten.withLock { $0[file, default: 0] += 1 }
        Self.writer.async {
            keep(draft)
            Self.unwritten.withLock { files in
                let count = files[file, default: 1] - 1
                files[file] = count > 0 ? count : nil
            }
        }
    }

    /// Returns a draft with what `export` writes; `nil` if it can't be written.
    private func exported(_ export: (String) throws -> Void) -> DraftFile? {
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let place = directory.appending(path: "\(UUID().uuidString).part")
            // The engine writes into the existing file and keeps its mode.
            let draft = try DraftFile(SystemPath(place.path))
            try export(place.path)
            return draft
        } catch {
            // The draft is gone, and the network is compiled again the next time.
            return nil
        }
    }

    /// Adds the checksum to a draft, and moves it into place.
    private func keep(_ draft: DraftFile) {
        do {
            let contents = try Data(contentsOf: URL(filePath: draft.path.text), options: .mappedIfSafe)
            let checksum = contents.withUnsafeBytes { Checksum.of($0, seed: stamp) }
            let file = try OpenFile(draft.path, for: .writing)
            try file.seekToEnd()
            try file.write(withUnsafeBytes(of: checksum) { Data($0) })
            try file.close()
            try draft.move(to: SystemPath(self.file.path))
        } catch {
            // As if it had not been exported.
        }
    }

    /// Waits until all postponed writes are done.
    static func finishWriting() { writer.sync {} }

    /// Writes one network at a time, because the networks that are being compiled meanwhile need the cores.
    private static let writer = DispatchQueue(label: "likeness.compiled-networks")
    /// The files still to be written, with the number of writes.
    private static let unwritten = Mutex<[URL: Int]>([:])
    private static let waitsAtExit: Bool = atexit { CompiledCache.finishWriting() } == 0

    /// The length of the checksum at the end, in bytes.
    private static let trailer = MemoryLayout<UInt64>.size
}
