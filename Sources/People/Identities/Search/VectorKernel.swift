import CVectorSearch

/// An instruction set for inner products.
public enum VectorKernel: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// The instructions that every processor of the architecture has.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX2, with AVX-VNNI for bytes.
    case avx2VNNI = "avx2-vnni"
    /// AVX-512; bytes as with ``avx2``.
    case avx512
    /// AVX-512, with AVX512-VNNI for bytes.
    case avx512VNNI = "avx512-vnni"
    /// NEON, with dot products for bytes.
    case neonDotProduct = "neon-dotprod"

    /// The best instruction set that this processor supports.
    public static let best = VectorKernel.supported.last { $0.code == cvs_kernel_best() } ?? .baseline

    /// The instruction sets that this processor supports.
    public static let supported = allCases.filter { cvs_kernel_is_supported($0.code) }

    /// The name, such as `avx512-vnni`.
    public var description: String { rawValue }

    var code: cvs_kernel {
        switch self {
        case .baseline: CVS_BASELINE
        case .avx2: CVS_AVX2
        case .avx2VNNI: CVS_AVX2_VNNI
        case .avx512: CVS_AVX512
        case .avx512VNNI: CVS_AVX512_VNNI
        case .neonDotProduct: CVS_NEON_DOTPROD
        }
    }
}
