internal import COpenVINO

/// The instructions that the engine may use.
enum InstructionSets {
    /// The variables that limit the engine to older instructions (oneDNN's `ONEDNN_MAX_CPU_ISA` and its former name).
    private static let variables = ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"]
    /// The values of these variables that exclude AVX-512 BF16 and AMX.
    private static let withoutBF16: Set = [
        "SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI",
    ]

    /// Whether a computation in bf16 is worthwhile. Where the CPU has no instructions for it, the engine either does not
    /// offer bf16 or emulates it, which takes several times as long as f32.
    ///
    /// - Parameter environment: The process's environment variables.
    static func multiplyBF16(_ environment: [String: String]) -> Bool {
        #if arch(x86_64)
        let limits = variables.compactMap { environment[$0]?.uppercased() }
        return copenvino_cpu_multiplies_bf16() && limits.allSatisfy { !withoutBF16.contains($0) }
        #else
        return true
        #endif
    }
}
