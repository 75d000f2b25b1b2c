import Faces
public import Foundation
import Inference
import Pixels
public import Recognition
import Tensors

/// A trained run, or a fetched network, made into a model that the product runs: `likeness export`.
public struct ModelExport: Sendable {
    /// What is exported.
    public enum Source: Hashable, Sendable {
        /// The folder of one seed of a run.
        case run(URL)
        /// The fetched network ``ModelExport/pretrained``, to be quantized.
        case pretrained
    }

    /// Faces that the ranges of 8-bit numbers are taken over.
    public struct Calibration: Hashable, Sendable {
        /// An archive of faces.
        public var archive: URL
        /// How many of its faces.
        public var count: Int

        /// Creates an export.
        ///
        /// - Parameters:
        ///   - archive: An archive of faces.
        ///   - count: How many of its faces, 1 or more.
        public init(archive: URL, count: Int = 256) { (self.archive, self.count) = (archive, count) }
    }

    /// What was made.
    public enum Result {
        /// A face network.
        case network(FaceNetworkExport)
        /// A generator.
        case generator(TranslatorExport)
    }

    /// What is done, for progress.
    public enum Event: Sendable {
        /// So many faces are looked at to find ranges.
        case calibrates(faces: Int)
        /// So many more of them are done.
        case advanced(Int)
        /// No more faces are looked at.
        case ended
    }

    /// The only fetched network whose parts are known.
    public static let pretrained = "facenet-128"

    private let source: Source
    private let name: String
    private let folder: URL
    private let trainingData: String

    /// Creates an export.
    ///
    /// - Parameters:
    ///   - source: What is exported.
    ///   - name: What the model is to be called: the name of its folder.
    ///   - folder: The folder in which the model's folder is made.
    ///   - trainingData: What it was trained on, for the card.
    public init(_ source: Source, name: String, in folder: URL, trainingData: String) {
        (self.source, self.name, self.folder, self.trainingData) = (source, name, folder, trainingData)
    }

    /// Whether a generator is exported: it has no trunk of a fetched network and is not quantized.
    public var isGenerator: Bool {
        if case .run(let folder) = source { TranslatorExport.holdsGenerator(folder) } else { false }
    }

    /// Writes the model and compares it with the training engine.
    ///
    /// - Parameters:
    ///   - installation: The engine and the models, among them the trunk.
    ///   - pictures: Pictures with faces to compare on; the largest face of each counts.
    ///   - calibration: Quantizes the network, unless it is `nil`; not for generators.
    ///   - withoutTrunk: A file for the network without the fetched network's own values; not for generators.
    ///   - observe: Is called with what is done.
    /// - Throws: `RecognitionError` if the trunk is not installed or a picture has no face; `ImageError`; ``FaceTrainingError``;
    ///   errors of both engines.
    public func run(
        _ installation: Installation, comparingOn pictures: [URL] = [], calibration: Calibration? = nil,
        withoutTrunk: URL? = nil, observe: @escaping @Sendable (Event) -> Void = { _ in }
    ) async throws -> Result {
        precondition(!isGenerator || (calibration == nil && withoutTrunk == nil), "a generator has no such options")
        let models = installation.root.appending(path: "models")
        if isGenerator, case .run(let run) = source {
            let faces = try await faces(pictures, installation, TranslatorExport.template)
            try TrainingEngine.open(library: Installation.locateTrainingEngine())
            return .generator(
                try await EngineExecutor.run {
                    try TranslatorExport(
                        TrainedTranslator(folder: run), name: name, trainingData: trainingData, models: models,
                        engine: installation.engineDirectory, faces: faces, to: folder.appending(path: name))
                })
        }
        guard let template = try installation.card(Self.pretrained).template else {
            throw RecognitionError.wrongTask(Self.pretrained, expected: "embedding")
        }
        let faces = try await faces(pictures, installation, template)
        let looked = try calibration.map {
            try CalibrationFaces(archive: $0.archive, template: template, count: $0.count)
        }
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let network =
            if case .run(let run) = source {
                try TrainedFaceNetwork(folder: run, models: models)
            } else {
                try TrainedFaceNetwork(pretrainedIn: models)
            }
        observe(.calibrates(faces: looked?.calibrating.count ?? 0))
        defer { observe(.ended) }
        let quantization = looked.map { faces in
            FaceNetworkExport.Quantization(faces: faces) { count in
                try Task.checkCancellation()
                observe(.advanced(count))
            }
        }
        let export = try await EngineExecutor.run {
            try FaceNetworkExport(
                network, name: name, trainingData: trainingData, models: models, engine: installation.engineDirectory,
                faces: faces, quantization: quantization, to: folder.appending(path: name))
        }
        if let withoutTrunk {
            try FaceNetworkExport.writeWithoutTrunk(
                network, name: name, trainingData: trainingData, to: withoutTrunk)
        }
        return .network(export)
    }

    /// The largest face of each picture.
    private func faces(
        _ pictures: [URL], _ installation: Installation, _ template: AlignmentTemplate
    ) async throws -> [AlignedFace] {
        guard !pictures.isEmpty else { return [] }
        let finder = try await FaceFinder(installation: installation)
        var faces: [AlignedFace] = []
        for picture in pictures {
            let image = try await PictureSource.file(picture).image(limits: .standard)
            guard let face = try await finder.detector.faces(in: image).first else { throw RecognitionError.noFace }
            faces.append(try face.aligned(in: image, to: template))
        }
        return faces
    }
}
