/// The precision of a network's computations.
public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
    /// 32-bit floating point: the reference.
    case f32
    /// 16-bit floating point with the range of f32: several times faster if the CPU has AMX or AVX-512 BF16.
    case bf16
    /// 8-bit integers for the quantized operations of the network's file, ``f32`` for the others. Only networks that
    /// were exported in this form run in it, and they run in no other precision.
    case int8
}

extension Precision {
    /// The precision of operations that are not quantized. In an int8 network it is f32, so that int8 means the same on
    /// every CPU. bf16 would be at most an eighth faster, in batches (note 0010).
    var floatingPoint: Precision { self == .int8 ? .f32 : self }
}

/// The requested precision.
public enum PrecisionChoice: Codable, Sendable, Hashable {
    /// ``Precision/int8`` for a quantized network; otherwise ``Precision/bf16`` if the CPU has instructions for it, and
    /// ``Precision/f32`` if not.
    case automatic
    /// This precision; an error if the CPU or the network does not support it.
    case exactly(Precision)
}
