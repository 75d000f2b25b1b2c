import Recognition

/// A detector and the embedder that is measured with it.
struct Pipeline: Hashable {
    let detector: String

    /// Every installed detector.
    static func all() throws -> [Pipeline] { try Installation.locate().detectors().map { Pipeline(detector: $0.name) } }

    /// MTCNN and FaceNet-128 belong together; every other detector runs with the default model.
    var model: String { detector == "mtcnn" ? "facenet-128" : RecognizerConfiguration.defaultModel }

    /// Such as `yunet+sface`.
    var name: String { "\(detector)+\(model)" }
}

/// What is measured: a pipeline in one precision.
struct Setting: Hashable {
    let pipeline: Pipeline
    let precision: FaceFinderConfiguration.Precision
    /// Pictures at once.
    let workers: Int

    /// Such as `yunet+sface bf16`.
    var name: String { "\(pipeline.name) \(precision.rawValue)" }
}
