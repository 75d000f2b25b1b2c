import Foundation
import Networks
import Tensors

/// FaceNet-128's features of pictures, differentiable with respect to the pictures. They measure how similar two faces
/// look and whether they show the same person.
struct TrunkFeatures {
    private let network: FaceNetwork

    init(models: URL, on device: Device) throws {
        let store = ParameterStore(try TrainedFaceNetwork.pretrained(models: models), on: device)
        network = try FaceNetwork(store.root, FaceNetworkConfiguration())
        store.freeze { _ in true }
    }

    /// The maps for comparison, and the embedding of length 1.
    struct Features {
        var maps: [Tensor]
        var embedding: Tensor
    }

    /// Returns the features of pictures.
    ///
    /// - Parameter pictures: `[batch, 3, height, width]`, in any range of values.
    func callAsFunction(_ pictures: Tensor) -> Features {
        let larger = resize(pictures, height: Self.side, width: Self.side)
        let centred = larger - larger.mean(1, 2, 3, keepingAxes: true)
        // Whitened as FaceNet's input. The result stays finite for a picture without contrast.
        let deviation = (centred * centred).mean(1, 2, 3, keepingAxes: true).pow(0.5).maximum(1e-3)
        let stages = network.trunk((centred / deviation).channelsLast, training: false)
        return Features(
            maps: [stages.fine, stages.middle], embedding: network.embedding(of: stages, training: false))
    }

    private static let side = 160

    /// Returns the mean difference of the maps, each relative to the mean size of the real one: one number (Johnson et
    /// al., *Perceptual losses*, 2016, arXiv:1603.08155).
    static func distance(_ made: Features, _ real: Features) -> Tensor {
        zip(made.maps, real.maps).map { made, real in
            let (made, real) = (made.to(.float32), real.to(.float32))
            return mean((made - real).magnitude) / mean(real.magnitude).maximum(1e-6)
        }.reduce(Tensor.full(0, shape: [], on: made.embedding.device)) { $0 + $1 }
    }

    /// Returns the mean of 1 − cosine of the embeddings: one number.
    static func identityLoss(_ made: Features, _ real: Features) -> Tensor {
        1 - (made.embedding.to(.float32) * real.embedding.to(.float32)).sum(1).mean(0)
    }

    static func mean(_ x: Tensor) -> Tensor { x.reshaped([-1]).mean(0) }
}
