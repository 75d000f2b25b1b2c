public import Tensors

/// What a network of MTCNN's cascade should say about each example of a batch.
///
/// An example takes part only in the losses for which it has a target: squares that are half on a face have a box but
/// no class, squares without a face have a class but no box.
public struct CascadeTargets: Sendable, Hashable {
    /// Whether the example is a face; `nil` if it does not count.
    public var faces: [Bool?] = []
    /// The face's box, as offsets of left, top, right and bottom in sides of the square; `nil` if there is none.
    public var boxes: [[Float]?] = []
    /// The landmarks in sides of the square, five x and then five y; `nil` if there are none.
    public var landmarks: [[Float]?] = []

    /// Creates targets of no example.
    public init() {}

    /// The number of examples.
    public var count: Int { faces.count }

    /// Adds an example.
    ///
    /// - Parameters:
    ///   - isFace: Whether the example is a face; `nil` if it does not count.
    ///   - box: Four offsets; `nil` if there is no box.
    ///   - landmarks: Ten coordinates; `nil` if there are none.
    public mutating func append(isFace: Bool?, box: [Float]? = nil, landmarks: [Float]? = nil) {
        precondition(box.map { $0.count == 4 } ?? true, "a box has four offsets")
        precondition(landmarks.map { $0.count == 10 } ?? true, "five landmarks have ten coordinates")
        faces.append(isFace)
        boxes.append(box)
        self.landmarks.append(landmarks)
    }
}

/// The loss of MTCNN's networks: face or not, box and landmarks, each with its weight.
///
/// Zhang et al., *Joint Face Detection and Alignment Using Multitask Cascaded Convolutional Networks*, 2016
/// (arXiv:1604.02878), equations 1 to 4; they are also equations 1 to 4 of Karamizadeh et al. (Technologies 13:450,
/// 2025). The sum of equation 4 over the examples is a mean here, for each part over the examples that take part in it:
/// the learning rate then does not depend on how a batch is composed.
///
/// ```swift
/// let outputs = network(squares).rows
/// let loss = CascadeLoss(.proposal)(
///     logits: outputs.logits, boxes: outputs.box, landmarks: outputs.landmarks, targets: targets)
/// loss.total.backward()
/// ```
public struct CascadeLoss: Sendable, Hashable {
    /// The weights of the three parts (α in equation 4).
    public struct Weights: Sendable, Hashable, Codable {
        /// The weight of face or not.
        public var classification: Double
        /// The weight of the box.
        public var box: Double
        /// The weight of the landmarks.
        public var landmarks: Double

        /// Creates weights, each at least 0.
        public init(classification: Double, box: Double, landmarks: Double) {
            (self.classification, self.box, self.landmarks) = (classification, box, landmarks)
        }

        /// The paper's weights for P-Net and R-Net.
        public static let proposal = Weights(classification: 1, box: 0.5, landmarks: 0.5)
        /// The paper's weights for O-Net, whose landmarks are the cascade's.
        public static let output = Weights(classification: 1, box: 0.5, landmarks: 1)
    }

    /// The weights of the parts.
    public var weights: Weights
    /// The choice of the examples whose class counts; `nil` if all count.
    public var hardExamples: HardExamples?

    /// Creates a loss.
    public init(_ weights: Weights, hardExamples: HardExamples? = HardExamples()) {
        (self.weights, self.hardExamples) = (weights, hardExamples)
    }

    /// The loss of a batch.
    public struct Result {
        /// The weighted sum of the parts, one number.
        public let total: Tensor
        /// The mean of equation 1 over the hardest examples; 0 if there are none.
        public let classification: Tensor
        /// The mean of equation 2; 0 if no example has a box.
        public let box: Tensor
        /// The mean of equation 3; 0 if no example has landmarks.
        public let landmarks: Tensor
    }

    /// Returns the loss of a batch.
    ///
    /// - Parameters:
    ///   - logits: `[batch, 2]`: no face, face.
    ///   - boxes: `[batch, 4]`.
    ///   - landmarks: `[batch, 10]`; `nil` if the network has none, and their part is then 0.
    ///   - targets: What the network should say.
    public func callAsFunction(
        logits: Tensor, boxes: Tensor, landmarks: Tensor?, targets: CascadeTargets
    ) -> Result {
        precondition(logits.shape == [targets.count, 2], "the numbers of outputs and targets differ")
        let classification = classification(logits, targets.faces)
        let box = squaredDistance(boxes, targets.boxes)
        let points = landmarks.map { squaredDistance($0, targets.landmarks) } ?? Tensor.zeros([], on: logits.device)
        return Result(
            total: classification * weights.classification + box * weights.box + points * weights.landmarks,
            classification: classification, box: box, landmarks: points)
    }

    /// Equation 1: −y log p − (1 − y) log (1 − p), where p is the probability of a face.
    private func classification(_ logits: Tensor, _ faces: [Bool?]) -> Tensor {
        let counted = faces.indices.filter { faces[$0] != nil }
        guard !counted.isEmpty else { return logits.sum() * 0 }
        let labels = Tensor(faces.map { $0 == true ? 1 : 0 }, on: logits.device)
        let losses = -logits.logSoftmax(1).gathered(labels.reshaped([-1, 1]), axis: 1).reshaped([-1])
        let chosen = hardExamples?.rows(of: losses.detached.floats, among: counted) ?? counted
        return losses.rows(chosen).mean()
    }

    /// Equations 2 and 3: ‖ŷ − y‖².
    private func squaredDistance(_ outputs: Tensor, _ targets: [[Float]?]) -> Tensor {
        let rows = targets.indices.filter { targets[$0] != nil }
        // A zero sum is still connected to the network, so that such a batch needs no special case.
        guard !rows.isEmpty else { return outputs.sum() * 0 }
        let values = Tensor(
            rows.flatMap { targets[$0] ?? [] }, shape: [rows.count, outputs.shape[1]], on: outputs.device)
        return (outputs.rows(rows) - values).squared.sum(1).mean()
    }
}
