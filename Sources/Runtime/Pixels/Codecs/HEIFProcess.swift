import CCodecs
import LikenessSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Decodes HEIC and AVIF in a separate process, `likeness-heif`, so that a fault in the library ends only that process.
///
/// The helper is found at `LIKENESS_HEIF`, otherwise beside the running program, otherwise in the folders of `PATH`. It
/// loads libheif at run time.
enum HEIFProcess {
    /// Returns the upright picture's size.
    static func size(
        of bytes: UnsafeBufferPointer<UInt8>, format: ImageFormat, limits: DecodingLimits
    ) throws -> (width: Int, height: Int) {
        var process = try HEIFProcess.Run(bytes, mode: "size", format: format, limits: limits)
        defer { process.end() }
        return try process.size()
    }

    /// Decodes the picture into the parts of `request`.
    static func rows(
        of bytes: UnsafeBufferPointer<UInt8>, format: ImageFormat, limits: DecodingLimits,
        request: inout codec_request
    ) throws -> codec_result {
        var process = try HEIFProcess.Run(bytes, mode: "rows", format: format, limits: limits)
        defer { process.end() }
        let size = try process.size()
        guard size.width == Int(request.width), size.height == Int(request.height) else {
            throw ImageError.corrupt(format: format, detail: "two headers disagree on the size")
        }
        let result = codec_rows_decode(&request, process.output, process.deadline, isStopped)
        guard result.status != codec_truncated else { throw process.failure() }
        return result
    }

    /// Returns 1 if decoding was stopped; called repeatedly while the helper works.
    private static let isStopped: codec_is_stopped = { DecodingStop.current?.isStopped ?? false ? 1 : 0 }

    /// Returns the size in the helper's first line, or throws the error that the line reports.
    static func size(
        in line: String, format: ImageFormat, limits: DecodingLimits
    ) throws(ImageError) -> (width: Int, height: Int) {
        let words = line.split(separator: " ", maxSplits: 2)
        let word = words.first ?? "", rest = words.dropFirst().joined(separator: " ")
        switch word {
        case "size":
            guard words.count == 3, let width = Int(words[1]), let height = Int(words[2]), width > 0, height > 0,
                width <= Int(Int32.max) / 4, height <= Int(Int32.max) / 4
            else { throw .corrupt(format: format, detail: "it has no pixels") }
            return (width, height)
        case "missing": throw .decoderMissing(format: format, what: rest)
        case "memory": throw .memoryLimit(needed: limits.memory, limit: limits.memory)
        case "unsupported": throw .unsupportedFeature(format: format, detail: rest)
        case "truncated": throw .truncated(format: format)
        case "large":
            throw .imageTooLarge(
                width: Int(words.dropFirst().first ?? "") ?? 0, height: Int(words.last ?? "") ?? 0,
                limit: limits.pixels)
        case "corrupt": throw .corrupt(format: format, detail: rest)
        default: throw .corrupt(format: format, detail: "its decoder gave an unknown answer")
        }
    }

    /// A running helper process.
    private struct Run {
        private var child = codec_child()
        private let format: ImageFormat
        private let limits: DecodingLimits
        let deadline: Int64

        /// The longest deadline, in seconds: 30 years.
        private static let mostSeconds = 1_000_000_000

        var output: Int32 { child.output }

        init(
            _ bytes: UnsafeBufferPointer<UInt8>, mode: String, format: ImageFormat, limits: DecodingLimits
        ) throws {
            self.format = format
            self.limits = limits
            deadline = codec_now() + Int64(clamping: min(limits.seconds, Self.mostSeconds)) * 1000
            guard let program = HEIFProcess.program else {
                throw ImageError.decoderMissing(
                    format: format, what: "the program likeness-heif is neither beside this one nor in PATH")
            }
            let arguments = [
                program, mode, "\(limits.memory)", "\(limits.seconds)", "\(limits.pixels)",
            ]
            let code = HEIFProcess.withPointers(arguments) { pointers in
                codec_child_start(&child, program, pointers, bytes.baseAddress, bytes.count)
            }
            guard code == 0 else {
                if code == ENOMEM || code == EAGAIN { throw ImageError.outOfMemory }
                throw ImageError.decoderMissing(
                    format: format, what: "\(program) can't be started (\(String(cString: strerror(code))))")
            }
        }

        /// Reads the size from the helper's first line, or throws the error that the line reports.
        mutating func size() throws -> (width: Int, height: Int) {
            var line = [CChar](repeating: 0, count: 512)
            guard codec_child_line(&child, deadline, HEIFProcess.isStopped, &line, line.count) > 0 else {
                throw failure()
            }
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return try HEIFProcess.size(in: text, format: format, limits: limits)
        }

        /// Returns the error that explains why the helper's output ended early.
        mutating func failure() -> any Error {
            let isStopped = HEIFProcess.isStopped() != 0
            let isLate = codec_now() >= deadline
            let signal = codec_child_end(&child, isLate || isStopped ? 1 : 0)
            guard !isStopped else { return CancellationError() }
            if isLate || signal == SIGALRM || signal == SIGXCPU {
                return ImageError.decoderTimedOut(format: format, seconds: limits.seconds)
            }
            let detail = signal == 0 ? "its decoder ended early" : "its decoder ended with signal \(signal)"
            return ImageError.corrupt(format: format, detail: detail)
        }

        /// Ends the helper if it is still running.
        mutating func end() { _ = codec_child_end(&child, 1) }
    }

    /// The helper's path; `nil` if it was not found.
    private static var program: String? {
        if let named = getenv("LIKENESS_HEIF") { return String(cString: named) }
        let folders =
            [ownFolder].compactMap(\.self)
            + (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map(String.init)
        return folders.map { "\($0)/likeness-heif" }.first { SystemPath($0).isExecutable }
    }

    /// The folder of the running program.
    private static var ownFolder: String? {
        var path = [CChar](repeating: 0, count: 4096)
        #if os(Linux)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        guard count > 0 else { return nil }
        #else
        var size = UInt32(path.count)
        guard _NSGetExecutablePath(&path, &size) == 0 else { return nil }
        #endif
        let text = String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.lastIndex(of: "/").map { String(text[..<$0]) }
    }

    /// Calls `body` with the texts as a null-terminated list of C strings.
    private static func withPointers(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Int32
    ) -> Int32 {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { list in
            list.baseAddress.map(body) ?? EINVAL
        }
    }
}

extension ImageHeader {
    /// Reads the size from the helper.
    ///
    /// libheif applies the file's orientation itself.
    init(heif reader: ByteReader, format: ImageFormat, limits: DecodingLimits) throws {
        let size = try HEIFProcess.size(
            of: reader.bytes.bindMemory(to: UInt8.self), format: format, limits: limits)
        self.init(format: format, storedWidth: size.width, storedHeight: size.height, orientation: nil)
    }
}
