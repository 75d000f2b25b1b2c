import Faces
public import Foundation
import Inference
import Pixels
public import Recognition
import Tensors

/// The export of a trained or downloaded network as a model for inference: `likeness export`.
public struct ModelExport: Sendable {
    /// The network to export.
    public enum Source: Hashable, Sendable {
        /// The folder of one seed of a run.
        case run(URL)
        /// The installed model of this name, to be quantized.
        case installed(String)
    }

    /// The faces that determine the activations' ranges in 8-bit integers.
    public struct Calibration: Hashable, Sendable {
        /// The archive of the faces.
        public var archive: URL
        /// The number of faces.
        public var count: Int

        /// Creates a choice of faces.
        ///
        /// - Parameters:
        ///   - archive: The archive of the faces.
        ///   - count: The number of faces; at least 1.
        public init(archive: URL, count: Int = 256) { (self.archive, self.count) = (archive, count) }
    }

    /// The exported model.
    public enum Result {
        /// A face network.
        case network(FaceNetworkExport)
        /// A generator.
        case generator(TranslatorExport)
    }

    /// A step of the export, for progress displays.
    public enum Event: Sendable {
        /// The measurement of ranges begins, over this number of faces.
        case calibrates(faces: Int)
        /// This number of further faces has been measured.
        case advanced(Int)
        /// The measurement of ranges has ended.
        case ended
    }

    private let source: Source
    private let name: String
    private let folder: URL
    private let trainingData: String

    /// Creates an export.
    ///
    /// - Parameters:
    ///   - source: The network to export.
    ///   - name: The model's name, which is also the name of its folder.
    ///   - folder: The folder in which the model's folder is created.
    ///   - trainingData: A description of the training data, for the card.
    public init(_ source: Source, name: String, in folder: URL, trainingData: String) {
        (self.source, self.name, self.folder, self.trainingData) = (source, name, folder, trainingData)
    }

    /// Whether the export is that of a generator. A generator does not use FaceNet-128's trunk and is not quantized.
    public var isGenerator: Bool {
        if case .run(let folder) = source { TranslatorExport.holdsGenerator(folder) } else { false }
    }

    /// Writes the model and compares its results with those of the training engine.
    ///
    /// - Parameters:
    ///   - installation: The installation with the engine and the models, including the trunk.
    ///   - pictures: Pictures with faces for the comparison; the largest face of each is used.
    ///   - calibration: The faces for quantizing the network; `nil` for no quantization. Not for generators.
    ///   - withoutTrunk: A file for the network without the values that it shares with FaceNet-128. Not for generators.
    ///   - observe: Called for each event.
    /// - Throws: ``FaceTrainingError``, also if the model's folder has files or a picture has no face; `ImageError`;
    ///   `RecognitionError` if a model is not installed; errors of both engines.
    public func run(
        _ installation: Installation, comparingOn pictures: [URL] = [], calibration: Calibration? = nil,
        withoutTrunk: URL? = nil, observe: @escaping @Sendable (Event) -> Void = { _ in }
    ) async throws -> Result {
        precondition(
            !isGenerator || (calibration == nil && withoutTrunk == nil),
            "a generator can't be quantized or written without a trunk")
        if case .installed = source {
            precondition(
                calibration != nil && withoutTrunk == nil, "an installed model can be quantized, and nothing else")
        }
        let models = installation.root.appending(path: "models")
        try NewFolder.checkFree(folder.appending(path: name))
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
        let trunk = "facenet-128"
        let based = if case .installed(let model) = source { model } else { trunk }
        guard let template = try installation.card(based).template else {
            throw RecognitionError.wrongTask(based, expected: "embedding")
        }
        let faces = try await faces(pictures, installation, template)
        let looked = try calibration.map {
            try CalibrationFaces(archive: $0.archive, template: template, count: $0.count)
        }
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let network: ExportedNetwork
        var trained: TrainedFaceNetwork?
        switch source {
        case .run(let run):
            let own = try TrainedFaceNetwork(folder: run, models: models)
            network = try ExportedNetwork(own, trainingData: trainingData, models: models)
            trained = own
        case .installed(let model):
            network = try await EngineExecutor.run {
                try ExportedNetwork(
                    installed: model, models: models, engine: Engine(libraryDirectory: installation.engineDirectory))
            }
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
                network, name: name, engine: installation.engineDirectory, faces: faces, quantization: quantization,
                to: folder.appending(path: name))
        }
        if let withoutTrunk, let trained {
            try FaceNetworkExport.writeWithoutTrunk(
                trained, name: name, trainingData: trainingData, to: withoutTrunk)
        }
        return .network(export)
    }

    /// Returns the largest face of each picture.
    private func faces(
        _ pictures: [URL], _ installation: Installation, _ template: AlignmentTemplate
    ) async throws -> [AlignedFace] {
        guard !pictures.isEmpty else { return [] }
        let finder = try await FaceFinder(installation: installation)
        var faces: [AlignedFace] = []
        for picture in pictures {
            let image = try await PictureSource.file(picture).image(limits: .standard)
            guard let face = try await finder.detector.faces(in: image).first else {
                throw FaceTrainingError.noFace(picture.relativePath)
            }
            faces.append(try face.aligned(in: image, to: template))
        }
        return faces
    }
}
