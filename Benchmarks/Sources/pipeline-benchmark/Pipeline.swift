import Recognition

/// A detector and the embedder that is measured with it.
struct Pipeline: Hashable {
    let detector: RecognizerConfiguration.Detector

    /// Every detector of the library.
    static let all = RecognizerConfiguration.Detector.allCases.map(Pipeline.init)

    /// MTCNN and FaceNet-128 belong together; every other detector runs with the default model.
    var model: String { detector.rawValue == "mtcnn" ? "facenet-128" : RecognizerConfiguration.defaultModel }

    /// Such as `yunet+sface`.
    var name: String { "\(detector.rawValue)+\(model)" }
}

/// What is measured: a pipeline in one precision.
struct Setting: Hashable {
    let pipeline: Pipeline
    let precision: RecognizerConfiguration.Precision
    /// Pictures at once.
    let workers: Int

    /// Such as `yunet+sface bf16`.
    var name: String { "\(pipeline.name) \(precision.rawValue)" }
}
