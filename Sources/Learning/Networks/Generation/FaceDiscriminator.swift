public import Tensors

/// A discriminator that tells real pictures of faces from generated ones, for the whole face and for each position
/// (DS-AEAN paper, equation 3).
///
/// It is conditioned on the input of the generator: it judges whether the picture is a face, and whether it is this
/// face. The paper describes only a discriminator on the whole face. The judgments at 7 × 7 positions (Isola et al.,
/// *Image-to-image translation with conditional adversarial networks*, 2017, arXiv:1611.07004) and the normalization
/// are our additions. The input pixels are folded to half the side.
public struct FaceDiscriminator {
    private let layers: [SpectralConvolution]
    private let places: SpectralConvolution
    private let whole: SpectralConvolution
    private let identity: SpectralConvolution?

    /// Creates a discriminator whose values are called `layers.N`, `places`, `whole` and `identity` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - inputs: The channels of the picture and its condition together.
    ///   - width: The channels of the first layer.
    ///   - identity: The length of the description of a person (Ghani et al., 2024); 0 for none.
    public init(_ parameters: Parameters, inputs: Int, width: Int = 64, identity: Int = 0) throws {
        let widths = [4 * inputs, width, 2 * width, 3 * width]
        layers = try (0..<3).map {
            try SpectralConvolution(
                parameters["layers"][$0], in: widths[$0], out: widths[$0 + 1], kernel: 4, stride: 2, padding: 1)
        }
        places = try SpectralConvolution(parameters["places"], in: widths[3], out: 1, kernel: 3, padding: 1)
        whole = try SpectralConvolution(parameters["whole"], in: widths[3], out: 1, kernel: 1)
        self.identity =
            identity > 0
            ? try SpectralConvolution(parameters["identity"], in: widths[3], out: identity, kernel: 1) : nil
    }

    /// Returns the discriminator with normalized kernels, for one step.
    ///
    /// - Parameter isLearning: Whether the estimates of the singular values are updated.
    public func judge(isLearning: Bool) -> Judge {
        Judge(
            layers: layers.map { $0.kernel(isLearning: isLearning) }, places: places.kernel(isLearning: isLearning),
            whole: whole.kernel(isLearning: isLearning), identity: identity?.kernel(isLearning: isLearning))
    }

    /// A discriminator with the values of one step.
    public struct Judge {
        let layers: [SpectralConvolution.Kernel]
        let places: SpectralConvolution.Kernel
        let whole: SpectralConvolution.Kernel
        let identity: SpectralConvolution.Kernel?

        /// The same discriminator with its own values detached from gradients, for the generator's loss.
        public var detached: Judge {
            Judge(
                layers: layers.map(\.detached), places: places.detached, whole: whole.detached,
                identity: identity?.detached)
        }

        /// The discriminator's output for a batch of pictures.
        public struct Verdict {
            /// The scores, positive for real: one for each position and, last, one for the whole face; shape
            /// `[batch, places + 1]`.
            public let scores: Tensor
            /// The description of the person, not scaled to a length, `[batch, identity]`; `nil` without such a head.
            public let identity: Tensor?
        }

        /// Maps pictures `[batch, inputs, side, side]`, −1 to 1, to a verdict on each.
        public func callAsFunction(_ x: Tensor) -> Verdict {
            let features = layers.reduce(PixelShuffle.folded(x).channelsLast) { Self.leaky($1($0)) }
            let mean = features.mean(2, 3, keepingAxes: true)
            let local = places(features), shape = local.shape
            let scores = Tensor.concatenated(
                [local.reshaped([-1, shape[2] * shape[3]]), whole(mean).reshaped([-1, 1])], axis: 1)
            let described = identity.map { head -> Tensor in
                let numbers = head(mean)
                return numbers.reshaped([-1, numbers.shape[1]])
            }
            return Verdict(scores: scores.to(.float32), identity: described?.to(.float32))
        }

        /// Returns positive values unchanged and a fifth of negative ones (Maas et al., 2013, leaky rectifier), so that
        /// the discriminator's gradients do not vanish.
        private static func leaky(_ x: Tensor) -> Tensor { x.maximum(x * 0.2) }
    }
}
