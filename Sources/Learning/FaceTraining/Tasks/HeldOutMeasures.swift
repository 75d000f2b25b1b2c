import Tensors

/// How well people who were never trained on are told apart, bare and masked.
///
/// The threshold is that of bare faces at a false match rate of 1e-3; masked probes are compared with bare faces at the
/// same threshold.
struct HeldOutMeasures {
    /// One face's embedding, whose it is, which picture it is from.
    struct Face {
        var person: Int
        var entry: Int
    }

    static let rate = 1e-3

    /// - Parameters:
    ///   - bare: Embeddings of length 1, `[count, dimension]`, and whose they are.
    ///   - masked: The same of faces with a mask.
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
            // What early stopping watches: both count, and neither may be bought with the other alone.
            "meanTAR": 1 - (bareRate + maskedRate) / 2,
        ]
    }

    private static func threshold(_ impostors: [Float]) -> Float {
        let sorted = impostors.sorted(by: >)
        guard !sorted.isEmpty else { return 1 }
        return sorted[min(Int(Double(sorted.count) * rate), sorted.count - 1)].nextUp
    }

    /// Similarities of pictures of one person and of two.
    ///
    /// - Parameter isSymmetric: Whether both are the same faces: each pair then counts once.
    static func similarities(
        _ a: (Tensor, [Face]), _ b: (Tensor, [Face]), isSymmetric: Bool
    ) -> (mated: [Float], impostors: [Float]) {
        let all = a.0.matmul(b.0.transposed).floats
        var (mated, impostors): ([Float], [Float]) = ([], [])
        for (i, one) in a.1.enumerated() {
            for (j, other) in b.1.enumerated() where !isSymmetric || j > i {
                // A picture and its own masked copy are no two photographs of a person.
                guard one.entry != other.entry else { continue }
                let similarity = all[i * b.1.count + j]
                if one.person == other.person { mated.append(similarity) } else { impostors.append(similarity) }
            }
        }
        return (mated, impostors)
    }
}
