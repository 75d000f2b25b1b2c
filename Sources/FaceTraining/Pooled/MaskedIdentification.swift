import Tensors

/// Closed-set identification of masked faces, paper C's task, among people who were never trained on.
enum MaskedIdentification {
    /// A face's embedding, whose it is, which picture it is from.
    typealias Faces = (embeddings: Tensor, faces: [HeldOutMeasures.Face])

    /// The share of masked faces whose nearest enrolled one is of the same person.
    ///
    /// Everybody is enrolled with one bare picture, the first; the masked copies of the others are searched for.
    ///
    /// - Parameters:
    ///   - bare: Embeddings of length 1, `[count, dimension]`, those of a person in any order.
    ///   - masked: The same of faces with a mask.
    /// - Returns: 0...1, and how many were searched for.
    static func rankOne(bare: Faces, masked: Faces) -> (accuracy: Double, probes: Int) {
        var enrolled: [Int: Int] = [:]
        for (index, face) in bare.faces.enumerated() where enrolled[face.person] == nil {
            enrolled[face.person] = index
        }
        let gallery = enrolled.values.sorted()
        let entries = Set(gallery.map { bare.faces[$0].entry })
        let probes = masked.faces.indices.filter { !entries.contains(masked.faces[$0].entry) }
        guard !gallery.isEmpty, !probes.isEmpty else { return (0, 0) }
        let similarities = masked.embeddings.taking(Tensor(probes)).matmul(
            bare.embeddings.taking(Tensor(gallery)).transposed)
        let nearest = similarities.argMax(1).integers
        let right = zip(probes, nearest).count { masked.faces[$0].person == bare.faces[gallery[$1]].person }
        return (Double(right) / Double(probes.count), probes.count)
    }
}
