public import Tensors

/// What a generator and a discriminator make of each other.
///
/// The hinge form (Lim and Ye, *Geometric GAN*, 2017, arXiv:1705.02894), which stays finite whatever the discriminator says
/// and does not ask of it to be surer than sure. Paper C, equation 3, has the original one (Goodfellow et al., 2014).
public enum AdversarialLoss {
    /// What the discriminator makes smaller: one number.
    ///
    /// - Parameters:
    ///   - real: What it says of real pictures, positive for real; any shape.
    ///   - made: What it says of made ones.
    public static func discriminator(real: Tensor, made: Tensor) -> Tensor {
        mean(relu(1 - real)) + mean(relu(made + 1))
    }

    /// What the generator makes smaller: one number.
    public static func generator(made: Tensor) -> Tensor { -mean(made) }

    private static func mean(_ x: Tensor) -> Tensor { x.reshaped([-1]).mean(0) }
}
