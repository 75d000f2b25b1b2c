public import Tensors

/// A distillation loss that brings the student's embedding of each face to that of the teacher.
public enum EmbeddingDistillation: String, Sendable, Hashable, Codable, CaseIterable {
    /// 1 − cosine, from 0 to 2.
    case cosine
    /// ‖s − t‖² of vectors scaled to length 1, from 0 to 4: twice the cosine loss, with twice its gradient.
    case squaredDistance

    /// Returns the mean over a batch. No gradient flows to the teacher.
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

/// A distillation loss that makes the student reproduce the teacher's similarities between the faces of a batch. The
/// teacher's embeddings may have another dimension.
///
/// The loss is the mean of (cos θ of the student − cos θ of the teacher)² over all pairs of two different faces. It
/// compares the cosines themselves, because decisions are made on their scale: Park et al., *Relational Knowledge
/// Distillation*, 2019 (arXiv:1904.05068) divide distances by the batch mean; Tung and Mori, *Similarity-Preserving
/// Knowledge Distillation*, 2019 (arXiv:1907.09682) normalize the rows of the similarity matrix.
public struct SimilarityDistillation: Sendable, Hashable {
    /// Creates the loss, which has no settings.
    public init() {}

    /// Returns the mean over a batch of at least two faces. No gradient flows to the teacher.
    ///
    /// - Parameters:
    ///   - student: `[batch, dimension]`.
    ///   - teacher: `[batch, another dimension]`.
    public func callAsFunction(_ student: Tensor, teacher: Tensor) -> Tensor {
        let count = student.shape[0]
        precondition(count == teacher.shape[0] && count > 1, "both batches must have the same two or more faces")
        let difference = similarities(student) - similarities(teacher.detached)
        // Both diagonals are 1: they would add only rounding errors and lower the mean.
        return difference.squared.sum() / Double(count * (count - 1))
    }

    private func similarities(_ x: Tensor) -> Tensor {
        let x = x.normalized()
        return x.matmul(x.transposed)
    }
}
