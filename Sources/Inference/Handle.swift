/// One of OpenVINO's objects, freed with the last reference to it.
///
/// `@unchecked Sendable`: OpenVINO's core, models and compiled networks may be used from several threads; infer
/// requests may not, and ``InferenceRequest`` keeps each to one thread at a time.
final class Handle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let free: @convention(c) (OpaquePointer) -> Void

    init(_ pointer: OpaquePointer, free: @escaping @convention(c) (OpaquePointer) -> Void) {
        self.pointer = pointer
        self.free = free
    }

    deinit { free(pointer) }
}
