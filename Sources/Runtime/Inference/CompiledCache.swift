import Foundation
import LikenessSupport
import Synchronization

/// Compiled networks on disk, one file each.
///
/// A file ends in a checksum and is only ever replaced as a whole, so processes may share a folder, and a file that is
/// cut off, damaged or of another version is compiled anew. OpenVINO's own cache notices neither a flipped bit nor a
/// writer that replaces what a reader has mapped; it also reads the ONNX file every time, which takes a third of the
/// time.
struct CompiledCache: Sendable {
    /// The folder; made when it is first written to.
    let directory: URL
    /// Everything that the compiled network depends on, apart from the file's contents.
    let key: String
    /// What changes with the file's contents and with the engine: the contents' digest, or where that is not known the
    /// file's size and time.
    let stamp: UInt64

    /// - Parameters:
    ///   - description: The shape, the properties and whatever else was compiled into the network.
    ///   - digest: The SHA-256 that the file is checked against before it is compiled.
    init(directory: URL, network url: URL, description: String, digest: String? = nil, engineVersion: String) {
        let path = url.resolvingSymlinksInPath().path
        // A folder for each model: what is kept can then be listed and cleared by model.
        self.directory = directory.appending(path: url.deletingLastPathComponent().lastPathComponent)
        let digits = Checksum.of("\(path)\n\(description)")
        key = "\(url.deletingPathExtension().lastPathComponent)-\(String(digits, radix: 16))"
        stamp = Checksum.of("\(digest ?? Self.state(path)) \(engineVersion)")
    }

    /// A file's size, and when it was changed to the nanosecond.
    private static func state(_ path: String) -> String {
        guard let status = SystemPath(path).status else { return "missing" }
        return "\(status.size) \(status.modified.seconds).\(status.modified.nanoseconds)"
    }

    var file: URL { directory.appending(path: "\(key).network") }

    /// What `load` makes of the file's contents; `nil` where there is no such file or it is not whole.
    ///
    /// The contents go with the file that `load` is given beside them: whoever refers to them must keep it.
    func read<Result>(_ load: (UnsafeRawBufferPointer, MappedFile) -> Result?) -> Result? {
        if Self.unwritten.withLock({ $0[file] != nil }) { Self.finishWriting() }
        guard let mapped = MappedFile(SystemPath(file.path)) else { return nil }
        let length = mapped.bytes.count - Self.trailer
        guard length > 0 else { return nil }
        let contents = UnsafeRawBufferPointer(rebasing: mapped.bytes[..<length])
        let checksum = mapped.bytes.loadUnaligned(fromByteOffset: length, as: UInt64.self)
        guard checksum == Checksum.of(contents, seed: stamp) else { return nil }
        // When it was used last is its time.
        try? SystemPath(file.path).touch()
        return load(contents, mapped)
    }

    /// Keeps what `export` writes to the path that it is given. A cache that can't be written is none, and no error.
    func write(_ export: (String) throws -> Void) {
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let place = directory.appending(path: "\(UUID().uuidString).part")
            // The engine writes into the file that is there, and leaves its mode.
            let draft = try DraftFile(SystemPath(place.path))
            try export(place.path)
            let contents = try Data(contentsOf: place, options: .mappedIfSafe)
            let checksum = contents.withUnsafeBytes { Checksum.of($0, seed: stamp) }
            let file = try OpenFile(draft.path, for: .writing)
            try file.seekToEnd()
            try file.write(withUnsafeBytes(of: checksum) { Data($0) })
            try file.close()
            try draft.move(to: SystemPath(self.file.path))
        } catch {
            // The draft is gone, and the network is compiled again the next time.
        }
    }

    /// Does what ``write(_:)`` does, but later and beside the caller, who can use the network at once. The end of the process
    /// waits for it.
    func writeLater(_ export: @escaping @Sendable (String) throws -> Void) {
        _ = Self.waitsAtExit
        Self.unwritten.withLock { $0[file, default: 0] += 1 }
        Self.writer.async {
            write(export)
            Self.unwritten.withLock { files in
                let count = files[file, default: 1] - 1
                files[file] = count > 0 ? count : nil
            }
        }
    }

    /// Waits until everything is written that was to be written later.
    static func finishWriting() { writer.sync {} }

    /// One after the other: the networks that are being compiled meanwhile need the cores.
    private static let writer = DispatchQueue(label: "likeness.compiled-networks")
    /// The files that are to be written, with how many times.
    private static let unwritten = Mutex<[URL: Int]>([:])
    private static let waitsAtExit: Bool = atexit { CompiledCache.finishWriting() } == 0

    /// Bytes of the checksum at the end.
    private static let trailer = MemoryLayout<UInt64>.size
}
