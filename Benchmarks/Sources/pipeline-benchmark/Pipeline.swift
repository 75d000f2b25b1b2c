import Recognition

/// A detector with the embedder that it is measured with.
struct Pipeline: Hashable {
    let detector: RecognizerConfiguration.Detector

    /// Every detector of the library.
    static let all = RecognizerConfiguration.Detector.allCases.map(Pipeline.init)

    /// The embedder's name: MTCNN runs with FaceNet-128, every other detector with the default model.
    var model: String { detector.rawValue == "mtcnn" ? "facenet-128" : RecognizerConfiguration.defaultModel }

    /// The name, such as `yunet+sface`.
    var name: String { "\(detector.rawValue)+\(model)" }
}

/// A measured setting: a pipeline in one precision.
struct Setting: Hashable {
    let pipeline: Pipeline
    let precision: RecognizerConfiguration.Precision
    /// The number of pictures at once.
    let workers: Int

    /// The name, such as `yunet+sface bf16`.
    var name: String { "\(pipeline.name) \(precision.rawValue)" }
}
