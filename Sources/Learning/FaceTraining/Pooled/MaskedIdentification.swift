import Evaluation
import Tensors

/// Closed-set identification of masked faces, the task of the DS-AEAN paper, among people outside the training set.
enum MaskedIdentification {
    /// Embeddings with the person and the picture of each.
    typealias Faces = (embeddings: Tensor, faces: [HeldOutMeasures.Face])

    /// Returns the share of masked faces whose nearest enrolled face shows the same person (rank-1 accuracy).
    ///
    /// Each person is enrolled with the first bare picture. The probes are the masked copies of the other pictures.
    ///
    /// - Parameters:
    ///   - bare: Embeddings of length 1, `[count, dimension]`, in any order.
    ///   - masked: Embeddings of masked faces, in the same form.
    /// - Returns: The share, 0...1, and the number of probes.
    static func rankOne(bare: Faces, masked: Faces) -> (accuracy: Double, probes: Int) {
        let search = Search(bare, masked)
        guard !search.gallery.isEmpty, !search.probes.isEmpty else { return (0, 0) }
        let nearest = search.similarities.argMax(1).integers
        let right = zip(search.probes, nearest).count {
            masked.faces[$0].person == bare.faces[search.gallery[$1]].person
        }
        return (Double(right) / Double(search.probes.count), search.probes.count)
    }

    /// Returns all classification measures of the same search, with the enrolled people as the classes.
    ///
    /// - Throws: `EvaluationError` if there are no probes.
    static func report(bare: Faces, masked: Faces) throws -> ClassifierReport {
        let search = Search(bare, masked)
        guard !search.gallery.isEmpty, !search.probes.isEmpty else { throw EvaluationError.noMatedSearches }
        let people = search.gallery.map { bare.faces[$0].person }
        let places = Dictionary(uniqueKeysWithValues: zip(people, people.indices))
        // A person without a bare picture is not enrolled and can't be a class.
        let known = search.probes.indices.compactMap { index in
            places[masked.faces[search.probes[index]].person].map { (row: index, place: $0) }
        }
        let scores = search.similarities.floats
        return try ClassifierReport(
            scores: known.map { Array(scores[$0.row * people.count..<($0.row + 1) * people.count]) },
            truth: known.map(\.place), classes: people.map(String.init))
    }

    /// The gallery, the probes and their similarities.
    private struct Search {
        /// The indices of the bare faces, one of each person.
        let gallery: [Int]
        /// The indices of the masked faces.
        let probes: [Int]
        private let bare: Faces
        private let masked: Faces

        init(_ bare: Faces, _ masked: Faces) {
            var enrolled: [Int: Int] = [:]
            for (index, face) in bare.faces.enumerated() where enrolled[face.person] == nil {
                enrolled[face.person] = index
            }
            let gallery = enrolled.values.sorted()
            let entries = Set(gallery.map { bare.faces[$0].entry })
            (self.bare, self.masked, self.gallery) = (bare, masked, gallery)
            probes = masked.faces.indices.filter { !entries.contains(masked.faces[$0].entry) }
        }

        /// The similarities, `[probes, gallery]`.
        var similarities: Tensor {
            masked.embeddings.taking(Tensor(probes)).matmul(bare.embeddings.taking(Tensor(gallery)).transposed)
        }
    }
}
