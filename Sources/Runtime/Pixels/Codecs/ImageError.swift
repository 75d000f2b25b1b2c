public import LikenessSupport

/// An error that says why a picture could not be read or written.
public enum ImageError: LikenessError, Hashable {
    /// There is no file at `path`.
    case fileNotFound(path: String)
    /// The file at `path` cannot be read, for example because it is a folder, permission is missing, or the disk fails.
    case unreadableFile(path: String, reason: String)
    /// The file at `path` cannot be written.
    case unwritableFile(path: String, reason: String)
    /// The file has no bytes.
    case emptyFile
    /// The file is larger than ``DecodingLimits/bytes``; `bytes` is its size, or a lower bound of it.
    case fileTooLarge(bytes: Int, limit: Int)
    /// The picture has more pixels than ``DecodingLimits/pixels``.
    case imageTooLarge(width: Int, height: Int, limit: Int)
    /// A picture or document in a format that is not supported; the format's name, such as `GIF` or `PDF`.
    case unsupportedFormat(name: String)
    /// A picture in a supported format that uses an unsupported feature.
    case unsupportedFeature(format: ImageFormat, detail: String)
    /// Not a picture, but text or data of an unknown format.
    case notAnImage(found: String)
    /// The data end before the picture is complete.
    case truncated(format: ImageFormat)
    /// The data violate their format.
    case corrupt(format: ImageFormat, detail: String)
    /// A progressive JPEG has more scans than ``DecodingLimits/scans``.
    case tooManyScans(limit: Int)
    /// There is not enough memory for decoding or encoding.
    case outOfMemory
    /// Decoding the picture needs more memory than ``DecodingLimits/memory``.
    case memoryLimit(needed: Int, limit: Int)
    /// The picture is HEIC or AVIF, and its decoder is missing.
    case decoderMissing(format: ImageFormat, what: String)
    /// The picture is HEIC or AVIF, and its decoder did not finish within ``DecodingLimits/seconds``.
    case decoderTimedOut(format: ImageFormat, seconds: Int)

    /// A stable name for programs; it never changes, even if the message does.
    public var code: String {
        switch self {
        case .fileNotFound: "file_not_found"
        case .unreadableFile: "unreadable_file"
        case .unwritableFile: "unwritable_file"
        case .emptyFile: "empty_file"
        case .fileTooLarge: "file_too_large"
        case .imageTooLarge: "image_too_large"
        case .unsupportedFormat: "unsupported_image_format"
        case .unsupportedFeature: "unsupported_image_feature"
        case .notAnImage: "not_an_image"
        case .truncated: "truncated_image"
        case .corrupt: "corrupt_image"
        case .tooManyScans: "too_many_scans"
        case .outOfMemory: "out_of_memory"
        case .memoryLimit: "memory_limit"
        case .decoderMissing: "decoder_missing"
        case .decoderTimedOut: "decoder_timed_out"
        }
    }
}

extension ImageError {
    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .fileNotFound, .unreadableFile: .noInput
        case .unwritableFile: .inputOutput
        case .decoderMissing: .unavailable
        case .outOfMemory: .system
        case .emptyFile, .fileTooLarge, .imageTooLarge, .unsupportedFormat, .unsupportedFeature, .notAnImage,
            .truncated, .corrupt, .tooManyScans, .memoryLimit, .decoderTimedOut:
            .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .fileNotFound(let path): "there is no file at \(path)"
        case .unreadableFile(let path, let reason): "the file \(path) cannot be read (\(reason))"
        case .unwritableFile(let path, let reason): "the file \(path) cannot be written (\(reason))"
        case .emptyFile: "the file is empty"
        case .fileTooLarge(let bytes, let limit): "the file has \(bytes) bytes or more, but \(limit) are allowed"
        case .imageTooLarge(let width, let height, let limit):
            "the picture has \(width) x \(height) pixels, but at most \(limit) in all are allowed"
        case .unsupportedFormat(let name): "\(name) is not supported"
        case .unsupportedFeature(let format, let detail):
            "this \(format.displayName) cannot be handled\(Self.inBrackets(detail))"
        case .notAnImage(let found): "this is not a picture but \(found)"
        case .truncated(let format): "the \(format.displayName) ends too early"
        case .corrupt(let format, let detail): "the \(format.displayName) is damaged\(Self.inBrackets(detail))"
        case .tooManyScans(let limit):
            "the progressive JPEG has more than \(limit) scans, which only hostile files have"
        case .outOfMemory: "there is not enough memory for the picture"
        case .memoryLimit(let needed, let limit):
            "decoding the picture takes \(needed / 1_048_576 + 1) MiB, but at most \(limit / 1_048_576) are allowed"
        case .decoderMissing(let format, let what): "this \(format.displayName) cannot be read because \(what)"
        case .decoderTimedOut(let format, let seconds):
            "decoding the \(format.displayName) took more than \(seconds) seconds and was stopped"
        }
    }

    /// The advice in one clause; every case has one.
    public var remedy: String? {
        switch self {
        case .fileNotFound: "check the path"
        case .unreadableFile: "check that it is a file and may be read"
        case .unwritableFile: "check the folder and the free space"
        case .emptyFile, .truncated, .corrupt: "fetch or copy it again"
        case .fileTooLarge: "make it smaller, or raise the limit (--max-file-size; in code, DecodingLimits.bytes)"
        case .imageTooLarge: "scale it down, or raise the limit (--max-megapixels; in code, DecodingLimits.pixels)"
        case .unsupportedFormat: "convert it to JPEG, PNG, WebP, HEIC or AVIF"
        case .unsupportedFeature: "convert it to a common variant, or to another format"
        case .notAnImage: "give a JPEG, PNG, WebP, HEIC or AVIF"
        case .tooManyScans: "convert it to a baseline JPEG"
        case .outOfMemory: "scale it down or free some memory"
        case .memoryLimit:
            "save it as a baseline JPEG, scale it down, or raise the limit (--max-memory; in code, DecodingLimits.memory)"
        case .decoderMissing: "run scripts/setup, or convert it to JPEG, PNG or WebP"
        case .decoderTimedOut: "convert it to JPEG, PNG or WebP"
        }
    }
}

extension ImageError {
    /// Returns the decoder's message in parentheses; nothing if it is empty.
    private static func inBrackets(_ detail: String) -> String { detail.isEmpty ? "" : " (\(detail))" }
}

extension ImageFormat {
    /// The name of the format for people.
    var displayName: String {
        switch self {
        case .heic: "HEIC"
        case .avif: "AVIF"
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        }
    }
}
