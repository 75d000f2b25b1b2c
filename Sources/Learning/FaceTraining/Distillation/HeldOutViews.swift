import Datasets
import Networks
import Pixels
import Tensors

/// Held-out people under several conditions, in memory.
struct HeldOutViews: Sendable {
    private let faces: [HeldOutMeasures.Face]
    /// The crops under each condition, one after another.
    private let crops: [StudentView.Condition: [UInt8]]

    private static let batch = 64

    /// Chooses the pictures of some people and cuts their crops.
    ///
    /// - Parameters:
    ///   - archive: The faces.
    ///   - names: The people.
    ///   - pictures: The greatest number of pictures of each.
    init(_ archive: FaceArchive, _ names: [String], pictures: Int) async throws {
        let faces = names.enumerated().flatMap { number, name in
            archive.indices(of: [name]).prefix(pictures).map { HeldOutMeasures.Face(person: number, entry: $0) }
        }
        self.faces = faces
        crops = try await withThrowingTaskGroup(of: (StudentView.Condition, [UInt8]).self) { group in
            for condition in StudentView.Condition.allCases {
                group.addTask {
                    let pixels = try faces.flatMap { face in
                        try Task.checkCancellation()
                        return try condition.crop(of: face.entry, in: archive).pixels
                    }
                    return (condition, pixels)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    /// Measures a network.
    ///
    /// Each condition's measure is the true match rate at a false match rate of 1e-3: for masks, of a masked picture
    /// and a bare one, at the threshold of bare ones; for the other conditions, of two pictures under the same
    /// condition, at their own threshold. `meanTAR` is the mean of all.
    ///
    /// - Parameters:
    ///   - conditions: The conditions, with `plain`.
    ///   - embed: Returns embeddings of crops, `[count, 128]`.
    func measures(
        of conditions: [StudentView.Condition], embed: ([UInt8]) -> Tensor
    ) -> [String: Double] {
        var embeddings: [StudentView.Condition: Tensor] = [:]
        for condition in conditions {
            let pixels = crops[condition, default: []]
            let size = Self.batch * 3 * SFaceNetwork.side * SFaceNetwork.side
            let parts = stride(from: 0, to: pixels.count, by: size).map { start in
                embed(Array(pixels[start..<min(start + size, pixels.count)])).normalized()
            }
            embeddings[condition] = Tensor.concatenated(parts, axis: 0)
        }
        return Self.measures(embeddings, faces)
    }

    /// Returns the measures of embeddings of length 1 of the same faces under several conditions.
    static func measures(
        _ embeddings: [StudentView.Condition: Tensor], _ faces: [HeldOutMeasures.Face]
    ) -> [String: Double] {
        guard let plain = embeddings[.plain] else { return [:] }
        var measures: [String: Double] = [:]
        for (condition, own) in embeddings {
            let isMask = condition == .masked || condition == .unseen
            let reference = HeldOutMeasures.similarities(
                isMask ? (plain, faces) : (own, faces), isMask ? (plain, faces) : (own, faces), isSymmetric: true)
            let threshold = HeldOutMeasures.threshold(reference.impostors)
            let compared =
                isMask
                ? HeldOutMeasures.similarities((plain, faces), (own, faces), isSymmetric: false) : reference
            measures[condition.rawValue] =
                Double(compared.mated.count { $0 >= threshold }) / Double(max(compared.mated.count, 1))
        }
        measures["meanTAR"] = measures.values.reduce(0, +) / Double(max(measures.count, 1))
        return measures
    }
}
