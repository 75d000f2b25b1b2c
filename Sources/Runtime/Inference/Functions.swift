internal import COpenVINO
import Foundation
import LikenessSupport

/// OpenVINO's functions, looked up in its library.
///
/// `@unchecked Sendable`: a table of function pointers that never changes.
struct Functions: @unchecked Sendable {
    let table: copenvino_functions

    /// Opens the library at `path`.
    init(path: String) throws(EngineError) {
        // The C function either fills every entry or reports a missing one; in that case the table is not used.
        let space = UnsafeMutablePointer<copenvino_functions>.allocate(capacity: 1)
        defer { space.deallocate() }
        if let reason = copenvino_open(path, space) {
            defer { free(reason) }
            throw EngineError.unusable(path: path, reason: String(cString: reason)).refined
        }
        table = space.move()
    }

    /// Returns OpenVINO's version without its build number: `2026.4.1`.
    func version() throws(EngineError) -> String {
        var version = ov_version_t()
        try check(table.get_openvino_version(&version))
        defer { table.version_free(&version) }
        guard let build = version.build_number else { return "unknown" }
        return String(String(cString: build).prefix { $0 != "-" })
    }

    /// Creates OpenVINO's core, from which everything else is created.
    func makeCore(path: String) throws(EngineError) -> Handle {
        var core: OpaquePointer?
        guard table.core_create(&core) == 0, let core else {
            throw EngineError.unusable(path: path, reason: lastError()).refined
        }
        return Handle(core, free: table.core_free)
    }

    /// Throws the library's error message if `status` is not success.
    func check(_ status: ov_status) throws(EngineError) {
        guard status == 0 else { throw EngineError.failed(lastError()).refined }
    }

    /// Returns the object that `make` creates.
    func pointer(_ make: (UnsafeMutablePointer<OpaquePointer?>) -> ov_status) throws(EngineError) -> OpaquePointer {
        var result: OpaquePointer?
        try check(make(&result))
        guard let result else { throw .failed("it gave no result") }
        return result
    }

    /// Returns the object that `make` creates; it is freed with the last reference to it.
    func handle(
        free: @escaping @convention(c) (OpaquePointer) -> Void, keeping memory: MappedFile? = nil,
        _ make: (UnsafeMutablePointer<OpaquePointer?>) -> ov_status
    ) throws(EngineError) -> Handle {
        Handle(try pointer(make), keeping: memory, free: free)
    }

    /// Returns the string that `make` creates.
    func string(
        _ make: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> ov_status
    ) throws(EngineError) -> String {
        var result: UnsafeMutablePointer<CChar>?
        try check(make(&result))
        guard let result else { return "" }
        defer { table.free(result) }
        return String(cString: result)
    }

    /// Returns the library's message about its latest failure, in one line.
    func lastError() -> String {
        guard let message = table.get_last_err_msg() else { return "no reason given" }
        defer { table.free(message) }
        return Self.summary(of: String(cString: message))
    }

    /// Returns `message` on one line, without the positions in OpenVINO's source code that its lines begin with, and at
    /// most 300 characters long.
    static func summary(of message: String) -> String {
        let lines = message.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("Exception from ") }
        let text = lines.joined(separator: " ")
        return text.isEmpty ? "no reason given" : String(text.prefix(300))
    }
}
