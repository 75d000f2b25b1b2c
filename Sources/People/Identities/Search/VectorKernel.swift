import CVectorSearch

/// The instruction set that inner products are computed with.
public enum VectorKernel: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// What every processor of the architecture has.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX2, with byte products of AVX-VNNI.
    case avx2VNNI = "avx2-vnni"
    /// AVX-512; int8 as ``avx2``.
    case avx512
    /// AVX-512, with byte products of AVX512-VNNI.
    case avx512VNNI = "avx512-vnni"
    /// NEON, with byte dot products.
    case neonDotProduct = "neon-dotprod"

    /// The best one that this processor runs.
    public static let best = VectorKernel.supported.last { $0.code == cvs_kernel_best() } ?? .baseline

    /// Those that this processor runs.
    public static let supported = allCases.filter { cvs_kernel_is_supported($0.code) }

    /// `avx512-vnni` and the like.
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
