public import Tensors

/// The losses of a generator and a discriminator that are trained against each other.
///
/// This is the hinge form (Lim and Ye, *Geometric GAN*, 2017, arXiv:1705.02894). It stays finite for any output of the
/// discriminator and does not push outputs beyond the margin. The DS-AEAN paper (Scientific Reports 15:17594, 2025),
/// equation 3, uses the original form (Goodfellow et al., 2014).
public enum AdversarialLoss {
    /// Returns the loss of the discriminator, one number.
    ///
    /// - Parameters:
    ///   - real: The discriminator's outputs for real pictures, of any shape; positive means real.
    ///   - made: Its outputs for generated pictures.
    public static func discriminator(real: Tensor, made: Tensor) -> Tensor {
        mean(relu(1 - real)) + mean(relu(made + 1))
    }

    /// Returns the loss of the generator, one number.
    public static func generator(made: Tensor) -> Tensor { -mean(made) }

    private static func mean(_ x: Tensor) -> Tensor { x.reshaped([-1]).mean(0) }
}
