/// The numbers that a network computes with.
public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
    /// 32-bit floating point: the reference.
    case f32
    /// 16-bit floating point with f32's range: several times faster where the CPU has AMX or AVX-512 BF16.
    case bf16
}

/// The precision that is asked for.
public enum PrecisionChoice: Codable, Sendable, Hashable {
    /// ``Precision/bf16`` where the CPU has instructions for it, else ``Precision/f32``.
    case automatic
    /// This one; an error where the CPU can't.
    case exactly(Precision)
}
