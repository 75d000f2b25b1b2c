public import Tensors

/// A face that a detector should find.
public struct DetectionTarget: Sendable, Hashable {
    /// The face's box, in pixels.
    public var box: BoxEdges
    /// The landmarks in pixels, x and y of each of five; `nil` if they are not known.
    public var landmarks: [Float]?

    /// Creates a target.
    public init(box: BoxEdges, landmarks: [Float]? = nil) {
        precondition(landmarks.map { $0.count == 10 } ?? true, "five landmarks have ten coordinates")
        (self.box, self.landmarks) = (box, landmarks)
    }
}

/// The loss of a detector without anchors, such as YuNet: class, objectness, box and landmarks.
///
/// Wu, Peng and Yu, *YuNet: A Tiny Millisecond-level Face Detector*, Machine Intelligence Research 20, 2023, with the
/// weights that its authors published. ``OptimalAssignment`` chooses the places that learn faces. The class of these
/// places learns the overlap of their boxes; objectness is learned at all places.
public struct DenseDetectionLoss: Sendable, Hashable {
    /// The weights of the four parts.
    public struct Weights: Sendable, Hashable, Codable {
        /// The weight of the class.
        public var classification = 1.0
        /// The weight of the objectness.
        public var objectness = 1.0
        /// The weight of the box.
        public var box = 5.0
        /// The weight of the landmarks.
        public var landmarks = 0.1

        /// Creates the published weights.
        public init() {}
    }

    /// The weights of the parts.
    public var weights = Weights()
    /// The choice of places.
    public var assignment = OptimalAssignment()
    /// The loss of boxes.
    public var boxLoss = ExtendedOverlapLoss()
    /// The difference of a landmark, in strides, from which its loss is linear.
    public var landmarkBeta = 1.0 / 9

    /// Creates the published loss.
    public init() {}

    /// The outputs of a detector for a batch.
    public struct Outputs {
        /// `[batch, places, 1]`, logits.
        public let classes: Tensor
        /// `[batch, places, 1]`, logits.
        public let objectness: Tensor
        /// `[batch, places, 4]`: the center from the place, and the logarithms of width and height, in strides.
        public let boxes: Tensor
        /// `[batch, places, 10]`: x and y of each landmark from the place, in strides.
        public let landmarks: Tensor

        /// Creates outputs from their parts.
        public init(classes: Tensor, objectness: Tensor, boxes: Tensor, landmarks: Tensor) {
            (self.classes, self.objectness, self.boxes, self.landmarks) = (classes, objectness, boxes, landmarks)
        }
    }

    /// The loss of a batch.
    public struct Result {
        /// The weighted sum of the parts, one number.
        public let total: Tensor
        /// The cross-entropy of the class at the places that learn faces, per place.
        public let classification: Tensor
        /// The cross-entropy of the objectness at all places, per place that learns a face.
        public let objectness: Tensor
        /// The loss of the boxes, per place that learns a face.
        public let box: Tensor
        /// The loss of the landmarks, summed over their coordinates, per place that learns landmarks.
        public let landmarks: Tensor
        /// The number of places that learn faces.
        public let count: Int
    }

    /// Returns the loss of a batch.
    ///
    /// - Parameters:
    ///   - outputs: The network's outputs, float32.
    ///   - places: The places of the network.
    ///   - targets: The faces of each picture.
    public func callAsFunction(
        _ outputs: Outputs, places: DetectionPlaces, targets: [[DetectionTarget]]
    ) -> Result {
        let (batch, count) = (targets.count, places.count)
        precondition(outputs.boxes.shape == [batch, count, 4], "the outputs are of other pictures")
        let device = outputs.boxes.device
        let grid = Grid(places, batch: batch, on: device)
        let decoded = grid.boxes(outputs.boxes.reshaped([-1, 4]))
        let classes = outputs.classes.reshaped([-1]), objectness = outputs.objectness.reshaped([-1])
        let scores = (sigmoid(classes) * sigmoid(objectness)).detached.floats
        let matches = matches(decoded.detached.floats, scores, places, targets)
        let rows = matches.map(\.row), positives = Double(max(rows.count, 1))
        var isObject = [Float](repeating: 0, count: batch * count)
        for row in rows { isObject[row] = 1 }
        let object =
            binaryCrossEntropy(objectness, targets: Tensor(isObject, shape: [batch * count], on: device)).sum()
            / positives
        guard !rows.isEmpty else {
            let nothing = decoded.sum() * 0
            return Result(
                total: object * weights.objectness, classification: nothing, objectness: object, box: nothing,
                landmarks: nothing, count: 0)
        }
        let overlaps = Tensor(matches.map(\.overlap), shape: [rows.count], on: device)
        let classification = binaryCrossEntropy(classes.rows(rows), targets: overlaps).sum() / positives
        let edges = Tensor(matches.flatMap(\.target.box.values), shape: [rows.count, 4], on: device)
        let box = boxLoss(decoded.rows(rows), targets: edges).sum() / positives
        let points = landmarks(outputs.landmarks.reshaped([-1, 10]), matches, places)
        let total =
            classification * weights.classification + object * weights.objectness + box * weights.box
            + points * weights.landmarks
        return Result(
            total: total, classification: classification, objectness: object, box: box, landmarks: points,
            count: rows.count)
    }

    /// A place of a batch that learns a face.
    private struct Match {
        /// The place's number in the whole batch.
        let row: Int
        /// The place's number in its picture.
        let place: Int
        let target: DetectionTarget
        let overlap: Float
    }

    private func matches(
        _ boxes: [Float], _ scores: [Float], _ places: DetectionPlaces, _ targets: [[DetectionTarget]]
    ) -> [Match] {
        targets.enumerated().flatMap { picture, targets -> [Match] in
            guard !targets.isEmpty else { return [] }
            let start = picture * places.count
            let found = (start..<start + places.count).map { row in
                BoxEdges(
                    left: boxes[row * 4], top: boxes[row * 4 + 1], right: boxes[row * 4 + 2],
                    bottom: boxes[row * 4 + 3])
            }
            return assignment.matches(
                faces: targets.map(\.box), places: places, boxes: found,
                scores: Array(scores[start..<start + places.count])
            ).map { Match(row: start + $0.place, place: $0.place, target: targets[$0.face], overlap: $0.overlap) }
        }
    }

    /// Returns the loss of the landmarks that are known.
    private func landmarks(_ outputs: Tensor, _ matches: [Match], _ places: DetectionPlaces) -> Tensor {
        var (rows, targets): ([Int], [Float]) = ([], [])
        for match in matches {
            guard let points = match.target.landmarks else { continue }
            rows.append(match.row)
            let corner = [places.x[match.place], places.y[match.place]], stride = places.stride[match.place]
            targets += points.enumerated().map { ($0.element - corner[$0.offset % 2]) / stride }
        }
        guard !rows.isEmpty else { return outputs.sum() * 0 }
        let sought = Tensor(targets, shape: [rows.count, 10], on: outputs.device)
        return smoothDistance(outputs.rows(rows), targets: sought, beta: landmarkBeta).sum() / Double(rows.count)
    }

    /// The places of a whole batch as tensors.
    private struct Grid {
        /// `[batch · places, 2]`.
        let corners: Tensor
        /// `[batch · places, 1]`.
        let strides: Tensor

        init(_ places: DetectionPlaces, batch: Int, on device: Device) {
            let corners = zip(places.x, places.y).flatMap { [$0, $1] }
            self.corners = Tensor(
                (0..<batch).flatMap { _ in corners }, shape: [batch * places.count, 2], on: device)
            strides = Tensor(
                (0..<batch).flatMap { _ in places.stride }, shape: [batch * places.count, 1], on: device)
        }

        /// Returns the edges of boxes in pixels: `[batch · places, 4]`.
        func boxes(_ outputs: Tensor) -> Tensor {
            let centers = outputs.slice(1, 0..<2) * strides + corners
            let halves = outputs.slice(1, 2..<4).exponential * strides / 2
            return .concatenated([centers - halves, centers + halves], axis: 1)
        }
    }
}
