internal import COpenVINO
public import Foundation
import LikenessSupport

/// The inference engine OpenVINO, opened at run time.
///
/// Opening takes about ten milliseconds. One engine serves any number of networks and threads. It stays open until the
/// process ends.
///
/// ```swift
/// let engine = try await EngineExecutor.run {
///     try Engine(libraryDirectory: folder)   // `engineDirectory` of an `Installation`
/// }
/// print(engine.version, engine.supportedPrecisions)
/// let network = try await EngineExecutor.run { try Network(engine: engine, contentsOf: file) }
/// ```
public final class Engine: Sendable {
    /// OpenVINO's version, such as `2026.4.1`.
    public let version: String

    let functions: Functions
    private let core: Handle
    private let imports = SharedProperties()

    /// The major version (a year) of the OpenVINO whose functions are declared here.
    static let supportedMajor = "2026"

    #if os(macOS)
    private static let fileName = "libopenvino_c.dylib"
    #else
    private static let fileName = "libopenvino_c.so"
    #endif

    /// Opens the engine.
    ///
    /// - Parameter libraryDirectory: The folder with OpenVINO's libraries, as created by `scripts/setup`.
    /// - Throws: ``EngineError/missing(_:)``, ``EngineError/unusable(path:reason:)``,
    ///   ``EngineError/version(path:found:)`` or ``EngineError/outOfMemory(_:)``.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(libraryDirectory: URL) throws(EngineError) {
        let path = libraryDirectory.appending(path: Self.fileName).path
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        try AddressSpace.check(AddressSpace.engine, for: "opening it")
        functions = try Functions(path: path)
        version = try functions.version()
        guard version.hasPrefix(Self.supportedMajor + ".") else { throw .version(path: path, found: version) }
        core = try functions.makeCore(path: path)
    }

    /// The precisions that this CPU has instructions for, always including ``Precision/f32``.
    public var supportedPrecisions: [Precision] {
        // The engine writes element types in upper case: FP32, BF16, INT8, ...
        let capabilities = (try? property("OPTIMIZATION_CAPABILITIES"))?.split(separator: " ") ?? []
        return [.f32]
            + [Precision.bf16, .int8].filter { precision in
                capabilities.contains(Substring(precision.rawValue.uppercased()))
                    && (precision != .bf16 || InstructionSets.multiplyBF16(ProcessInfo.processInfo.environment))
            }
    }

    /// Returns the precision that `choice` means on this CPU, for a network that is not quantized, or if `choice` is
    /// ``Precision/int8``.
    ///
    /// - Throws: ``EngineError/unsupportedPrecision(_:)`` if the CPU does not support it.
    public func resolve(_ choice: PrecisionChoice) throws(EngineError) -> Precision {
        let supported = supportedPrecisions
        switch choice {
        case .automatic:
            return supported.contains(.bf16) ? .bf16 : .f32
        case .exactly(let precision):
            guard supported.contains(precision) else { throw .unsupportedPrecision(precision) }
            return precision
        }
    }

    /// Returns the engine's property of the CPU under `key`.
    private func property(_ key: String) throws(EngineError) -> String {
        try functions.string { functions.table.core_get_property(core.pointer, Self.device, key, $0) }
    }

    /// The only device on which networks run.
    static let device = "CPU"

    /// Reads the ONNX file at `path`.
    func readModel(path: String) throws(EngineError) -> Handle {
        var model: OpaquePointer?
        let status = functions.table.core_read_model(core.pointer, path, nil, &model)
        guard status == 0, let model else {
            throw EngineError.unreadableNetwork(path: path, reason: functions.lastError()).refined
        }
        return Handle(model, free: functions.table.model_free)
    }

    /// Compiles `model`.
    func compile(_ model: Handle, path: String, properties: [String: String]) throws(EngineError) -> Handle {
        var compiled: OpaquePointer?
        let status = withProperties(properties) {
            functions.table.core_compile_model_props(
                core.pointer, model.pointer, Self.device, $0.count, $0.baseAddress, &compiled)
        }
        guard status == 0, let compiled else {
            throw EngineError.unsupportedNetwork(path: path, reason: functions.lastError()).refined
        }
        return Handle(compiled, free: functions.table.compiled_model_free)
    }

    /// Imports a network that was compiled and exported before.
    ///
    /// OpenVINO does not copy the weights from `bytes`, so the network keeps `file`, which contains them, alive.
    func importNetwork(
        _ bytes: UnsafeRawBufferPointer, from file: MappedFile, properties: [String: String]
    ) throws(EngineError) -> Handle {
        // The C function takes no properties here, but uses those of the core.
        return try imports.whileSet(properties) { () throws(EngineError) in
            try functions.check(
                withProperties(properties) {
                    functions.table.core_set_properties(core.pointer, Self.device, $0.count, $0.baseAddress)
                })
        } run: { () throws(EngineError) in
            try functions.handle(free: functions.table.compiled_model_free, keeping: file) { compiled in
                guard let start = bytes.baseAddress else { return -1 }
                return functions.table.core_import_model(
                    core.pointer, start.assumingMemoryBound(to: CChar.self), bytes.count, Self.device, compiled)
            }
        }
    }
}

/// Calls `body` with `properties` in the C interface's form, sorted by name.
private func withProperties<Result>(
    _ properties: [String: String], _ body: (UnsafeBufferPointer<ov_property_t>) -> Result
) -> Result {
    let strings = properties.sorted { $0.key < $1.key }.map { (strdup($0.key), strdup($0.value)) }
    defer {
        for (key, value) in strings {
            free(key)
            free(value)
        }
    }
    let pairs = strings.compactMap { key, value in
        if let key, let value { ov_property_t(key: key, value: value) } else { nil }
    }
    return pairs.withUnsafeBufferPointer(body)
}
