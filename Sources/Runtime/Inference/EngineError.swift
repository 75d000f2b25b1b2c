import Foundation
public import LikenessSupport

/// An error that says why a network can't run.
public enum EngineError: LikenessError, Hashable {
    /// There is no library at the path.
    case missing(String)
    /// The library at the path is not a usable OpenVINO.
    case unusable(path: String, reason: String)
    /// The library is another version of OpenVINO than this package supports.
    case version(path: String, found: String)
    /// There is no network at the path.
    case missingNetwork(String)
    /// The file at the path is not a network that the engine can read.
    case unreadableNetwork(path: String, reason: String)
    /// The file at the path is not the expected one: its SHA-256 differs.
    case changedNetwork(path: String, digest: String)
    /// The network was read, but can't be compiled or run.
    case unsupportedNetwork(path: String, reason: String)
    /// The network at the path is quantized, and can't run in this precision.
    case quantizedNetwork(path: String, requested: Precision)
    /// The CPU does not support the precision.
    case unsupportedPrecision(Precision)
    /// The input's shape does not fit the network.
    case shapeMismatch(expected: String, found: [Int])
    /// The engine failed while the network ran.
    case failed(String)
    /// There is not enough memory for the engine, a network or a run; the message of the engine or the system.
    case outOfMemory(String)

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .changedNetwork: "damaged_weights"
        case .outOfMemory: "out_of_memory"
        default: "engine_failed"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .outOfMemory: .system
        // Without a request, the engine chooses a precision that is possible.
        case .quantizedNetwork, .unsupportedPrecision: .usage
        default: .unavailable
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .missing(let path): "the inference engine OpenVINO is missing at \(path)"
        case .unusable(let path, let reason): "the inference engine at \(path) can't be used (\(reason))"
        case .version(let path, let found):
            "the inference engine at \(path) is OpenVINO \(found), but \(Engine.supportedMajor) is needed"
        case .missingNetwork(let path): "there is no network at \(path)"
        case .unreadableNetwork(let path, let reason): "\(path) is not a network that can be read (\(reason))"
        case .changedNetwork(let path, let digest):
            "\(path) is not the file that the model's card names (its SHA-256 is \(digest))"
        case .unsupportedNetwork(let path, let reason): "the network \(path) can't run (\(reason))"
        case .quantizedNetwork(let path, let requested):
            "the network \(path) is quantized and runs only in int8, not in \(requested.rawValue)"
        case .unsupportedPrecision(let precision): "this CPU can't run \(precision.rawValue)"
        case .shapeMismatch(let expected, let found):
            "the network takes an input of \(expected), not of \(found.map(String.init).joined(separator: "×"))"
        case .failed(let reason): "the inference engine failed: \(reason)"
        case .outOfMemory(let reason): "there is not enough memory for the inference engine (\(reason))"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .missing, .unusable, .version, .missingNetwork: "run scripts/setup"
        case .unreadableNetwork: "fetch it again with scripts/setup or, if it is your own, export it again"
        case .changedNetwork: "run scripts/setup again"
        case .quantizedNetwork:
            "leave the precision out, or choose another model"
        case .unsupportedPrecision: "choose f32, or leave the precision out"
        case .outOfMemory: "free some memory, or raise the limit (ulimit -v)"
        case .unsupportedNetwork, .shapeMismatch, .failed:
            "check that the model's card fits its network; 'likeness doctor' checks the installation"
        }
    }
}

extension EngineError {
    /// The same error, or ``outOfMemory(_:)`` if its reason says so: the engine reports a lack of memory like any other
    /// failure.
    var refined: EngineError {
        switch self {
        case .unusable(_, let reason), .unreadableNetwork(_, let reason), .unsupportedNetwork(_, let reason),
            .failed(let reason):
            Self.memoryWords.contains { reason.localizedCaseInsensitiveContains($0) } ? .outOfMemory(reason) : self
        default: self
        }
    }

    /// The error as ``outOfMemory(_:)``, if a lack of memory can have caused it.
    var asLackOfMemory: EngineError {
        switch self {
        case .unreadableNetwork(let path, _): .outOfMemory("\(path) can't be opened")
        case .unsupportedNetwork(_, let reason), .failed(let reason): .outOfMemory(reason)
        default: self
        }
    }

    /// Phrases that the C++ library, the loader, the system and OpenVINO use for a lack of memory.
    private static let memoryWords = [
        "bad_alloc", "bad alloc", "cannot allocate memory", "can't allocate", "could not allocate",
        "failed to allocate",
        "out of memory", "not enough memory", "failed to map segment", "cannot map", "cannot create shared object",
        "resource temporarily unavailable", "cannot apply additional memory protection", "can not mmap", "mmap",
    ]
}
