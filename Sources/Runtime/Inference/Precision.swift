/// The numbers that a network computes with.
public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
    /// 32-bit floating point: the reference.
    case f32
    /// 16-bit floating point with f32's range: several times faster where the CPU has AMX or AVX-512 BF16.
    case bf16
    /// 8-bit integers where the network's file is quantized, ``f32`` elsewhere: only networks that were exported so run in
    /// it, and they run in nothing else.
    case int8
}

extension Precision {
    /// The numbers of what is not quantized. In an int8 network they are f32, so that int8 means the same on every CPU; bf16
    /// would gain an eighth at most, in batches (note 0010).
    var floatingPoint: Precision { self == .int8 ? .f32 : self }
}

/// The precision that is asked for.
public enum PrecisionChoice: Codable, Sendable, Hashable {
    /// ``Precision/int8`` for a quantized network; else ``Precision/bf16`` where the CPU has instructions for it, else
    /// ``Precision/f32``.
    case automatic
    /// This one; an error where the CPU or the network can't.
    case exactly(Precision)
}
