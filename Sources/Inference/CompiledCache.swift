import Foundation

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
    /// What changes with the file's contents and with the engine.
    let stamp: UInt64

    /// - Parameter description: The shape, the properties and whatever else was compiled into the network.
    init(directory: URL, network url: URL, description: String, engineVersion: String) {
        self.directory = directory
        let path = url.resolvingSymlinksInPath().path
        let folder = url.deletingLastPathComponent().lastPathComponent
        let name = "\(folder)-\(url.deletingPathExtension().lastPathComponent)"
        let digits = Checksum.of("\(path)\n\(description)")
        key = "\(name)-\(String(digits, radix: 16))"
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        stamp = Checksum.of("\(size) \(changed) \(engineVersion)")
    }

    var file: URL { directory.appending(path: "\(key).network") }

    /// What `load` makes of the file's contents; `nil` where there is no such file or it is not whole.
    ///
    /// The contents go with the file that `load` is given beside them: whoever refers to them must keep it.
    func read<Result>(_ load: (UnsafeRawBufferPointer, MappedFile) -> Result?) -> Result? {
        guard let mapped = MappedFile(file) else { return nil }
        let length = mapped.bytes.count - Self.trailer
        guard length > 0 else { return nil }
        let contents = UnsafeRawBufferPointer(rebasing: mapped.bytes[..<length])
        let checksum = mapped.bytes.loadUnaligned(fromByteOffset: length, as: UInt64.self)
        guard checksum == Checksum.of(contents, seed: stamp) else { return nil }
        return load(contents, mapped)
    }

    /// Keeps what `export` writes to the path that it is given. A cache that can't be written is none, and no error.
    func write(_ export: (String) throws -> Void) {
        let files = FileManager.default
        let draft = directory.appending(path: "\(UUID().uuidString).part")
        do {
            try files.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try export(draft.path)
            let contents = try Data(contentsOf: draft, options: .mappedIfSafe)
            let checksum = contents.withUnsafeBytes { Checksum.of($0, seed: stamp) }
            let handle = try FileHandle(forWritingTo: draft)
            try handle.seekToEnd()
            try handle.write(contentsOf: withUnsafeBytes(of: checksum) { Data($0) })
            try handle.close()
            guard rename(draft.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? files.removeItem(at: draft)
        }
    }

    /// Bytes of the checksum at the end.
    private static let trailer = MemoryLayout<UInt64>.size
}
