import Recognition

/// A detector and the embedder with which it is measured.
struct Pipeline: Hashable {
    let detector: String

    /// Every installed detector.
    static func all() throws -> [Pipeline] { try Installation.locate().detectors().map { Pipeline(detector: $0.name) } }

    /// The embedder's name: MTCNN runs with FaceNet-128, every other detector with SFace, as OpenCV's pipeline does.
    var model: String { detector == "mtcnn" ? "facenet-128" : "sface" }

    /// Whether the detector runs several networks, one after the other.
    var isCascade: Bool { detector == "mtcnn" }

    /// The name, such as `yunet+sface`.
    var name: String { "\(detector)+\(model)" }
}

/// A measured setting: a pipeline in one precision.
struct Setting: Hashable {
    let pipeline: Pipeline
    let precision: FaceFinderConfiguration.Precision
    /// The number of pictures at once.
    let workers: Int

    /// The name, such as `yunet+sface bf16`.
    var name: String { "\(pipeline.name) \(precision.rawValue)" }
}
