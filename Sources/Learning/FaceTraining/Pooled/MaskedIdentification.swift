import Evaluation
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
        let search = Search(bare, masked)
        guard !search.gallery.isEmpty, !search.probes.isEmpty else { return (0, 0) }
        let nearest = search.similarities.argMax(1).integers
        let right = zip(search.probes, nearest).count {
            masked.faces[$0].person == bare.faces[search.gallery[$1]].person
        }
        return (Double(right) / Double(search.probes.count), search.probes.count)
    }

    /// The same search with all measures of a classifier whose classes are the enrolled people.
    ///
    /// - Throws: `EvaluationError` where there is nobody to search for.
    static func report(bare: Faces, masked: Faces) throws -> ClassifierReport {
        let search = Search(bare, masked)
        guard !search.gallery.isEmpty, !search.probes.isEmpty else { throw EvaluationError.noMatedSearches }
        let people = search.gallery.map { bare.faces[$0].person }
        let places = Dictionary(uniqueKeysWithValues: zip(people, people.indices))
        // A person of whom there is no bare picture was not enrolled and can't be a class.
        let known = search.probes.indices.compactMap { index in
            places[masked.faces[search.probes[index]].person].map { (row: index, place: $0) }
        }
        let scores = search.similarities.floats
        return try ClassifierReport(
            scores: known.map { Array(scores[$0.row * people.count..<($0.row + 1) * people.count]) },
            truth: known.map(\.place), classes: people.map(String.init))
    }

    /// Who is enrolled, who is searched for, and how alike they are.
    private struct Search {
        /// Bare faces by index, one of each person.
        let gallery: [Int]
        /// Masked faces by index.
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

        /// `[probes, gallery]`.
        var similarities: Tensor {
            masked.embeddings.taking(Tensor(probes)).matmul(bare.embeddings.taking(Tensor(gallery)).transposed)
        }
    }
}
