import LikenessSupport

/// One of OpenVINO's objects, freed with the last reference to it.
///
/// `@unchecked Sendable`: OpenVINO's core, models and compiled networks may be used from several threads. Infer
/// requests may not, and ``InferenceRequest`` is used by one thread at a time.
final class Handle: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The memory that the object refers to; it is freed after the object.
    private let memory: MappedFile?
    private let free: @convention(c) (OpaquePointer) -> Void

    init(
        _ pointer: OpaquePointer, keeping memory: MappedFile? = nil,
        free: @escaping @convention(c) (OpaquePointer) -> Void
    ) {
        self.pointer = pointer
        self.memory = memory
        self.free = free
    }

    deinit { free(pointer) }
}
