public import Tensors

/// Tells real pictures of faces from made ones, on the whole face and place by place (paper C, equation 3).
///
/// Conditioned on what the generator was given: whether this is a face, and whether it is this face. The paper names a
/// discriminator on the whole face and no more; that it also judges 7 × 7 places (Isola et al., *Image-to-image
/// translation with conditional adversarial networks*, 2017, arXiv:1611.07004) is ours, and so
/// is the normalisation. It sees pixels folded to half the side.
public struct FaceDiscriminator {
    private let layers: [SpectralConvolution]
    private let places: SpectralConvolution
    private let whole: SpectralConvolution
    private let identity: SpectralConvolution?

    /// A discriminator whose values are called `layers.N`, `places`, `whole` and `identity` under `parameters`.
    ///
    /// - Parameters:
    ///   - inputs: The channels that it is given: the picture's and those of its condition.
    ///   - width: The channels of the first layer.
    ///   - identity: How many numbers describe whose face it is (paper A); 0 for none.
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

    /// The discriminator with its kernels brought to scale: made once for each step.
    ///
    /// - Parameter isLearning: Whether the estimates of their scale make a step.
    public func judge(isLearning: Bool) -> Judge {
        Judge(
            layers: layers.map { $0.kernel(isLearning: isLearning) }, places: places.kernel(isLearning: isLearning),
            whole: whole.kernel(isLearning: isLearning), identity: identity?.kernel(isLearning: isLearning))
    }

    /// A discriminator as it is in one step.
    public struct Judge {
        let layers: [SpectralConvolution.Kernel]
        let places: SpectralConvolution.Kernel
        let whole: SpectralConvolution.Kernel
        let identity: SpectralConvolution.Kernel?

        /// The same, from which no gradient reaches its own values: for the generator's loss.
        public var detached: Judge {
            Judge(
                layers: layers.map(\.detached), places: places.detached, whole: whole.detached,
                identity: identity?.detached)
        }

        /// What it says of pictures.
        public struct Verdict {
            /// Positive for real: one of each place and, last, one of the whole face; `[batch, places + 1]`.
            public let scores: Tensor
            /// Whose face it is, not brought to a length; `nil` without such a head. `[batch, identity]`.
            public let identity: Tensor?
        }

        /// `[batch, inputs, side, side]`, −1 to 1 → a verdict on each.
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

        /// A fifth of what is negative (Maas et al., 2013): a discriminator's gradients must not vanish.
        private static func leaky(_ x: Tensor) -> Tensor { x.maximum(x * 0.2) }
    }
}
