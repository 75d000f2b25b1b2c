public import Tensors

/// Learns a teacher's embeddings: each face is to lie where the teacher puts it.
public enum EmbeddingDistillation: String, Sendable, Hashable, Codable, CaseIterable {
    /// 1 − cosine, 0 to 2.
    case cosine
    /// ‖s − t‖² of vectors brought to length 1, 0 to 4: twice the cosine's loss, and its gradient.
    case squaredDistance

    /// The mean over a batch; no gradient goes to the teacher.
    ///
    /// - Parameters:
    ///   - student: `[batch, dimension]`.
    ///   - teacher: `[batch, dimension]`, of the same dimension.
    public func callAsFunction(_ student: Tensor, teacher: Tensor) -> Tensor {
        let (student, teacher) = (student.normalized(), teacher.detached.normalized())
        switch self {
        case .cosine: return (1 - (student * teacher).sum(1)).mean()
        case .squaredDistance: return (student - teacher).squared.sum(1).mean()
        }
    }
}

/// Learns how alike a teacher finds the faces of a batch; its embeddings may have another dimension.
///
/// The mean over all pairs of two different faces of (cos θ of the student − cos θ of the teacher)². The relation is
/// the cosine itself, whose scale decisions are made on: Park et al., *Relational Knowledge Distillation*, 2019
/// (arXiv:1904.05068) divide distances by the batch's mean; Tung and Mori, *Similarity-Preserving Knowledge
/// Distillation*, 2019 (arXiv:1907.09682) normalise the rows of the similarity matrix.
public struct SimilarityDistillation: Sendable, Hashable {
    /// The loss; it has no settings.
    public init() {}

    /// The mean over a batch of two faces or more; no gradient goes to the teacher.
    ///
    /// - Parameters:
    ///   - student: `[batch, dimension]`.
    ///   - teacher: `[batch, another dimension]`.
    public func callAsFunction(_ student: Tensor, teacher: Tensor) -> Tensor {
        let count = student.shape[0]
        precondition(count == teacher.shape[0] && count > 1, "a batch's similarities are those of two faces or more")
        let difference = similarities(student) - similarities(teacher.detached)
        // The diagonals are both 1 and add only rounding, but would dilute the mean.
        return difference.squared.sum() / Double(count * (count - 1))
    }

    private func similarities(_ x: Tensor) -> Tensor {
        let x = x.normalized()
        return x.matmul(x.transposed)
    }
}
