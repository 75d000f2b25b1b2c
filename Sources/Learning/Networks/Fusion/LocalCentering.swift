public import Tensors

/// Subtracts from each embedding the mean of the faces that resemble it.
///
/// Faces of one kind (of children, of men of one origin, of pictures from one collection) have much in common that does
/// not tell two of them apart. One mean for all faces removes it only where the faces are as those that the mean comes
/// from; elsewhere, strangers stay similar. Here, soft clusters of unit embeddings have a mean each:
///
///     weights = softmax(directions · x),  result = normalized(x − Σ weight · mean)
///
/// With one cluster, this is the subtraction of the mean. The result depends on the embedding alone, so comparisons
/// still are cosines.
public struct LocalCentering {
    private let directions: Tensor
    private let means: Tensor

    /// Creates the centering with the buffers `directions`, `[dimension, clusters]`, and `means`, `[clusters, dimension]`,
    /// which are 0 at first: nothing is subtracted.
    public init(_ parameters: Parameters, dimension: Int, clusters: Int) throws {
        directions = try parameters.buffer("directions", [dimension, clusters], .zeros)
        means = try parameters.buffer("means", [clusters, dimension], .zeros)
    }

    /// Returns centered embeddings of length 1, from embeddings of any length, `[batch, dimension]`.
    public func callAsFunction(_ embeddings: Tensor) -> Tensor {
        let units = embeddings.normalized()
        return (units - units.matmul(directions).softmax().matmul(means)).normalized()
    }
}
