public import Tensors
public import Training

/// The loss over the people of the training set, for the comparison in Karamizadeh et al. (2025).
public enum PeopleHead: String, Codable, Hashable, Sendable, CaseIterable {
    /// An angular margin (ArcFace), with scale and margin from the settings.
    case arcface
    /// A cosine margin (CosFace), with scale and margin from the settings.
    case cosface
    /// No margin, and a scale that adapts to the batch (AdaCos).
    case adacos
    /// A linear layer on embeddings of length 1, without scale or margin.
    case softmax

    /// The allowed margins; any margin of the settings if the loss does not use one.
    var margins: ClosedRange<Double> { self == .cosface ? 0...0.99 : 0...1.5 }

    /// Creates the head over `classes` people, with its values under `parameters`.
    ///
    /// - Throws: ``FaceTrainingError/tooFewPeople(_:needed:)``.
    public func make(
        _ parameters: Parameters, dimension: Int, classes: Int, scale: Double, margin: Double
    ) throws -> any ClassificationHead {
        switch self {
        case .arcface:
            return try ArcFaceHead(parameters, dimension: dimension, classes: classes, scale: scale, margin: margin)
        case .cosface:
            return try CosFaceHead(parameters, dimension: dimension, classes: classes, scale: scale, margin: margin)
        case .adacos:
            guard classes > 2 else { throw FaceTrainingError.tooFewPeople(classes, needed: 3) }
            return try AdaCosHead(parameters, dimension: dimension, classes: classes)
        case .softmax: return try SoftmaxHead(parameters, dimension: dimension, classes: classes)
        }
    }
}
