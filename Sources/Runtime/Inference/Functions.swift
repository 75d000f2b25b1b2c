internal import COpenVINO
import Foundation
import LikenessSupport

/// OpenVINO's functions, looked up in its library.
///
/// `@unchecked Sendable`: a table of pointers to functions, never changed.
struct Functions: @unchecked Sendable {
    let table: copenvino_functions

    /// Opens the library at `path`.
    init(path: String) throws(EngineError) {
        // C fills every entry or says which one is missing, and then the table is not used.
        let space = UnsafeMutablePointer<copenvino_functions>.allocate(capacity: 1)
        defer { space.deallocate() }
        if let reason = copenvino_open(path, space) {
            defer { free(reason) }
            throw EngineError.unusable(path: path, reason: String(cString: reason)).refined
        }
        table = space.move()
    }

    /// OpenVINO's version without its build number: `2026.4.1`.
    func version() throws(EngineError) -> String {
        var version = ov_version_t()
        try check(table.get_openvino_version(&version))
        defer { table.version_free(&version) }
        guard let build = version.build_number else { return "unknown" }
        return String(String(cString: build).prefix { $0 != "-" })
    }

    /// OpenVINO's entry to everything else.
    func makeCore(path: String) throws(EngineError) -> Handle {
        var core: OpaquePointer?
        guard table.core_create(&core) == 0, let core else {
            throw EngineError.unusable(path: path, reason: lastError()).refined
        }
        return Handle(core, free: table.core_free)
    }

    /// Throws what the library says where `status` is not success.
    func check(_ status: ov_status) throws(EngineError) {
        guard status == 0 else { throw EngineError.failed(lastError()).refined }
    }

    /// The object that `make` hands out.
    func pointer(_ make: (UnsafeMutablePointer<OpaquePointer?>) -> ov_status) throws(EngineError) -> OpaquePointer {
        var result: OpaquePointer?
        try check(make(&result))
        guard let result else { throw .failed("it gave no result") }
        return result
    }

    /// The object that `make` hands out, freed with the last reference to it.
    func handle(
        free: @escaping @convention(c) (OpaquePointer) -> Void, keeping memory: MappedFile? = nil,
        _ make: (UnsafeMutablePointer<OpaquePointer?>) -> ov_status
    ) throws(EngineError) -> Handle {
        Handle(try pointer(make), keeping: memory, free: free)
    }

    /// The string that `make` hands out.
    func string(
        _ make: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> ov_status
    ) throws(EngineError) -> String {
        var result: UnsafeMutablePointer<CChar>?
        try check(make(&result))
        guard let result else { return "" }
        defer { table.free(result) }
        return String(cString: result)
    }

    /// What the library says of its latest failure, in one line.
    func lastError() -> String {
        guard let message = table.get_last_err_msg() else { return "no reason given" }
        defer { table.free(message) }
        return Self.summary(of: String(cString: message))
    }

    /// `message` without the places in OpenVINO's source that it begins its lines with, and not too long.
    static func summary(of message: String) -> String {
        let lines = message.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("Exception from ") }
        let text = lines.joined(separator: " ")
        return text.isEmpty ? "no reason given" : String(text.prefix(300))
    }
}
