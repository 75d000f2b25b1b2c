import Networks
import Training

/// A network of MTCNN's cascade and how it is trained.
protocol CascadeStage: CascadeNetwork {
    /// The task's name in a configuration file.
    static var taskName: String { get }
    /// A summary for the command's help.
    static var taskSummary: String { get }
    /// The name of the network's file in a model's folder.
    static var file: String { get }
    /// The prefix of the landmarks' values, which the published files of P-Net and R-Net do not have.
    static var landmarkLayer: String { get }
    /// The weights of the loss's parts.
    static var weights: CascadeLoss.Weights { get }
    /// The least probability of a face that the detector passes on.
    static var threshold: Float { get }
}

extension ProposalNetwork: CascadeStage {
    static let taskName = "mtcnn-p"
    static let taskSummary = "Finds faces: MTCNN's first network, which proposes squares."
    static let file = "pnet.onnx"
    static let landmarkLayer = "conv4_3"
    static let weights = CascadeLoss.Weights.proposal
    static let threshold: Float = 0.6
}

extension RefinementNetwork: CascadeStage {
    static let taskName = "mtcnn-r"
    static let taskSummary = "Finds faces: MTCNN's second network, which rejects most squares."
    static let file = "rnet.onnx"
    static let landmarkLayer = "dense5_3"
    static let weights = CascadeLoss.Weights.proposal
    static let threshold: Float = 0.7
}

extension OutputNetwork: CascadeStage {
    static let taskName = "mtcnn-o"
    static let taskSummary = "Finds faces: MTCNN's last network, which gives boxes and landmarks."
    static let file = "onet.onnx"
    static let landmarkLayer = "dense6_3"
    static let weights = CascadeLoss.Weights.output
    static let threshold: Float = 0.7
}
