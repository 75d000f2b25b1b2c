internal import CTorch
public import Foundation
public import LikenessSupport
import Synchronization

/// libtorch, opened at run time through a small shim that `scripts/setup --training` builds.
///
/// Opening takes about a third of a second, and only training needs it. Call ``open(library:)`` before anything else in
/// this module. Several threads may work at once if no two of them share a tensor.
public enum TrainingEngine {
    /// The address of the shim's table of functions, 0 before the shim is opened. It is an integer because pointers are
    /// not `Sendable`.
    private static let loaded = Atomic<UInt>(0)

    /// The functions of the shim. It is a programming error to use them before ``open(library:)``.
    static var api: UnsafePointer<ctorch_api> {
        guard let api = UnsafePointer<ctorch_api>(bitPattern: loaded.load(ordering: .acquiring)) else {
            preconditionFailure("call TrainingEngine.open(library:) before creating a tensor")
        }
        return api
    }

    /// The name of the shim's file in an installation's folder `torch/lib`.
    public static let fileName = "liblikeness_torch.so"

    /// Opens the shim. If one is already open, this only checks that the file exists.
    ///
    /// - Parameter library: The shim's file.
    /// - Throws: ``TrainingEngineError``.
    public static func open(library: URL) throws(TrainingEngineError) {
        let path = library.path
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        guard !isOpen else { return }
        var reason = [CChar](repeating: 0, count: 1000)
        guard let api = ctorch_open(path, &reason, Int64(reason.count)) else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .unusable(path: path, reason: String(decoding: bytes, as: UTF8.self))
        }
        loaded.store(UInt(bitPattern: api), ordering: .releasing)
    }

    /// Whether the engine has been opened.
    public static var isOpen: Bool { loaded.load(ordering: .acquiring) != 0 }

    /// libtorch's version, such as `2.11.0`.
    public static var version: String { String(cString: api.pointee.torch_version()) }

    /// Checks that `device` is available.
    ///
    /// - Throws: ``TrainingEngineError/noDevice(_:)``.
    public static func require(_ device: Device) throws(TrainingEngineError) {
        if device == .cuda, !api.pointee.has_cuda() { throw .noDevice(device) }
    }

    /// Sets how many threads one operation may use.
    public static func setThreads(_ count: Int) {
        precondition(count > 0, "the number of threads must be at least 1")
        check(api.pointee.set_threads(Int32(count)))
    }

    /// Seeds the process's random numbers (dropout, ``Tensor/uniform(_:shape:seed:on:)``). All threads share one
    /// generator; initial weights have their own.
    public static func seed(_ seed: UInt64) { check(api.pointee.seed(seed)) }

    /// Ends the program with the engine's message if an operation failed, because of shapes that do not match or too
    /// little memory. Data from outside is checked before it becomes a tensor.
    static func check(_ status: Int32, file: StaticString = #fileID, line: UInt = #line) {
        if status != 0 {
            fatalError("the training engine: \(String(cString: api.pointee.message()))", file: file, line: line)
        }
    }
}

/// A device that holds tensors and computes with them.
public enum Device: String, Sendable, Hashable, Codable, CaseIterable {
    /// The processor.
    case cpu
    /// The first CUDA device.
    case cuda

    var code: ctorch_device { self == .cuda ? ctorch_cuda : ctorch_cpu }
}

/// An error that says why the training engine can't be used.
public enum TrainingEngineError: LikenessError, Hashable {
    /// There is no shim at this path.
    case missing(String)
    /// The shim exists but can't be opened.
    case unusable(path: String, reason: String)
    /// The device does not exist, or libtorch was installed without support for it.
    case noDevice(Device)

    /// The code of all cases.
    public var code: String { "training_engine_missing" }

    /// The category of all cases.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .missing(let path): "the training engine is not installed (\(path) does not exist)"
        case .unusable(let path, let reason): "the training engine \(path) can't be opened (\(reason))"
        case .noDevice(let device): "this machine has no \(device.rawValue) device that libtorch can use"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .missing, .unusable: "run scripts/setup --training"
        case .noDevice: "train with --device cpu"
        }
    }
}
