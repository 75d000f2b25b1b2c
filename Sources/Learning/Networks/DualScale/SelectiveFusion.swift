public import Tensors

/// A fusion of two descriptions of one face by weights that depend on both.
///
/// This is the adaptive selective fusion of the DS-AEAN paper, in the form of Li et al., *Selective Kernel Networks*,
/// 2019 (arXiv:1903.06586), equations 1 to 6: the sum of both descriptions is squeezed, and from it the shares of the
/// two scales are computed for each feature. The two shares of a feature sum to 1.
public struct SelectiveFusion {
    private let squeeze: Linear
    private let choose: Linear

    /// Creates a module whose values are called `squeeze` and `choose` under `parameters`.
    ///
    /// It starts with equal shares, that is, as the plain mean.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - size: The number of features in each of the two descriptions.
    ///   - reduction: The squeezed description has `size / reduction` numbers, at least 8.
    public init(_ parameters: Parameters, size: Int, reduction: Int = 4) throws {
        let squeezed = max(8, size / reduction)
        squeeze = try Linear(parameters["squeeze"], in: size, out: squeezed)
        choose = try Linear(parameters["choose"], in: squeezed, out: size, initialization: .zeros)
    }

    /// Maps two `[batch, size]` to one `[batch, size]`.
    public func callAsFunction(_ fine: Tensor, _ coarse: Tensor) -> Tensor {
        coarse + share(fine, coarse) * (fine - coarse)
    }

    /// Returns the share of `fine` in each feature, `[batch, size]`, 0...1; the rest is the share of `coarse`.
    ///
    /// A softmax over two values is the logistic function of their difference, so the layer learns this difference.
    public func share(_ fine: Tensor, _ coarse: Tensor) -> Tensor {
        sigmoid(choose(relu(squeeze(fine + coarse))))
    }
}
