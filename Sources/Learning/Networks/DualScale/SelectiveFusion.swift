public import Tensors

/// Joins two descriptions of one face by weights that depend on both.
///
/// Paper C's adaptive selective fusion, in the form of Li et al., *Selective Kernel Networks*, 2019 (arXiv:1903.06586),
/// equations 1 to 6: what both scales say is squeezed, and of it each feature's share of the one scale and of the other
/// is computed; the shares of a feature sum to 1.
public struct SelectiveFusion {
    private let squeeze: Linear
    private let choose: Linear

    /// A module whose values are called `squeeze` and `choose` under `parameters`.
    ///
    /// It starts with equal shares: as the plain mean.
    ///
    /// - Parameter reduction: The squeezed description has `size / reduction` numbers, at least 8.
    public init(_ parameters: Parameters, size: Int, reduction: Int = 4) throws {
        let squeezed = max(8, size / reduction)
        squeeze = try Linear(parameters["squeeze"], in: size, out: squeezed)
        choose = try Linear(parameters["choose"], in: squeezed, out: size, initialization: .zeros)
    }

    /// Two times `[batch, size]` → `[batch, size]`.
    public func callAsFunction(_ fine: Tensor, _ coarse: Tensor) -> Tensor {
        coarse + share(fine, coarse) * (fine - coarse)
    }

    /// The share of `fine` in each feature, `[batch, size]`, 0...1; the rest is that of `coarse`.
    ///
    /// A softmax over two is the logistic function of their difference, which is what is learned.
    public func share(_ fine: Tensor, _ coarse: Tensor) -> Tensor {
        sigmoid(choose(relu(squeeze(fine + coarse))))
    }
}
