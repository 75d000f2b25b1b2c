import Tensors

/// Verification measures of held-out people, bare and masked.
///
/// The threshold is that of bare faces at a false match rate of 1e-3. Masked probes are compared with bare faces at the
/// same threshold.
struct HeldOutMeasures {
    /// The person and the picture of an embedding.
    struct Face {
        var person: Int
        var entry: Int
    }

    static let rate = 1e-3

    /// Returns the error rates and the threshold.
    ///
    /// - Parameters:
    ///   - bare: Embeddings of length 1, `[count, dimension]`, and their people.
    ///   - masked: The same for masked faces.
    static func measures(bare: (Tensor, [Face]), masked: (Tensor, [Face])) -> [String: Double] {
        let plain = similarities(bare, bare, isSymmetric: true)
        let covered = similarities(bare, masked, isSymmetric: false)
        let threshold = threshold(plain.impostors)
        func share(_ values: [Float], _ holds: (Float) -> Bool) -> Double {
            values.isEmpty ? 0 : Double(values.count(where: holds)) / Double(values.count)
        }
        let bareRate = share(plain.mated) { $0 < threshold }
        let maskedRate = share(covered.mated) { $0 < threshold }
        return [
            "bareFNMR": bareRate, "maskedFNMR": maskedRate,
            "maskedFMR": share(covered.impostors) { $0 >= threshold }, "threshold": Double(threshold),
            // The measure for early stopping. It counts both, so that neither improves at the expense of the other.
            "meanTAR": 1 - (bareRate + maskedRate) / 2,
        ]
    }

    /// Returns the similarity that one in a thousand impostor pairs reaches.
    static func threshold(_ impostors: [Float]) -> Float {
        let sorted = impostors.sorted(by: >)
        guard !sorted.isEmpty else { return 1 }
        return sorted[min(Int(Double(sorted.count) * rate), sorted.count - 1)].nextUp
    }

    /// Returns the similarities of mated pairs and of impostor pairs.
    ///
    /// - Parameter isSymmetric: Whether both sets are the same faces; each pair then counts once.
    static func similarities(
        _ a: (Tensor, [Face]), _ b: (Tensor, [Face]), isSymmetric: Bool
    ) -> (mated: [Float], impostors: [Float]) {
        let all = a.0.matmul(b.0.transposed).floats
        var (mated, impostors): ([Float], [Float]) = ([], [])
        for (i, one) in a.1.enumerated() {
            for (j, other) in b.1.enumerated() where !isSymmetric || j > i {
                // A picture and its own masked copy are not two photographs of a person.
                guard one.entry != other.entry else { continue }
                let similarity = all[i * b.1.count + j]
                if one.person == other.person { mated.append(similarity) } else { impostors.append(similarity) }
            }
        }
        return (mated, impostors)
    }
}
