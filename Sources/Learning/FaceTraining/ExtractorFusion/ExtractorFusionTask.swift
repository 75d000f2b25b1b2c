import Datasets
import Foundation
import LikenessSupport
import Networks
public import Tensors
public import Training

/// A task that trains the fusion of two extractors' embeddings with the context, on embeddings that were computed before.
///
/// The means of clusters and the projection, the principal components, are those of unaltered faces of the training
/// people and of unlabeled faces. The seed's folder gets `fusion.onnx`, with the inputs `embeddings` and `context`, and
/// `centering.onnx`, which centers embeddings of the first extractor.
public struct ExtractorFusionTask: RunnableTask {
    /// The data that all seeds share.
    public struct Material: Sendable {
        let features: FusionFeatures
        /// The clusters of each extractor's embeddings.
        let clusters: [EmbeddingClusters]
    }

    /// The task's name in a configuration file.
    public static let name = "extractor-fusion"
    /// A summary for the command's help.
    public static let summary =
        "Fuses the embeddings of two networks, with weights that depend on pose, light and sharpness."

    /// Batches of rows.
    public let batches: FusionBatches
    /// The values of the fusion and the threshold of the loss.
    public let parameters: ParameterStore
    private let settings: ExtractorFusionSettings
    private let features: FusionFeatures
    private let fusion: ExtractorFusion
    private let pairs: PairLoss
    private let device: Device
    /// The embedding of the unaltered picture of each row by the principal components.
    private let references: Tensor

    /// Computes the embeddings, or reads them.
    public static func prepare(
        _ settings: ExtractorFusionSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        let split = SubjectSplit(dealing: archive.identities, validation: settings.heldOut, seed: settings.splitSeed)
        try PeopleNeeded.check(
            task: name, trained: split.training.count,
            heldOut: split.validation.map { archive.indices(of: [$0]).count }, place: settings.archive)
        var features = try await FusionFeatures.open(archive, split, settings, tell: tell)
        if !settings.unlabelled.isEmpty {
            let strangers = try FaceArchive(contentsOf: URL(filePath: settings.unlabelled))
            features.append(try await FusionFeatures.open(strangers, nil, settings, tell: tell))
        }
        let half = ExtractorFusion.dimension
        let clusters = [0, half].map { start in
            EmbeddingClusters(
                of: plain(features).map { row in
                    let first = row * FusionFeatures.width + start
                    return Array(features.embeddings[first..<first + half])
                }, count: settings.clusters, sharpness: settings.sharpness, seed: settings.splitSeed)
        }
        return Material(features: features, clusters: clusters)
    }

    /// The rows of the unaltered pictures of training people and of strangers.
    private static func plain(_ features: FusionFeatures) -> [Int] {
        features.rows.indices.filter { [.training(copy: 0), .stranger].contains(features.rows[$0].view) }
    }

    /// Creates the fusion, whose projection is the principal components.
    public init(
        _ settings: ExtractorFusionSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        let (features, device) = (material.features, configuration.device)
        (self.settings, self.features, self.device) = (settings, features, device)
        batches = FusionBatches(features, settings, size: configuration.batch, seed: seed)
        parameters = ParameterStore(seed: seed, on: device)
        let fusion = try ExtractorFusion(parameters.root["fusion"], settings.fusion)
        self.fusion = fusion
        pairs = try PairLoss(parameters.root["loss"], impostorWeight: settings.impostorWeight)
        let (width, count) = (FusionFeatures.width, ExtractorFusion.dimension)
        let values = parameters.dictionary
        for (name, clusters) in zip(["first", "second"], material.clusters) {
            values["fusion.centering.\(name).directions"]?.copy(
                from: Tensor(clusters.directions, shape: [clusters.count, count], on: device).transposed)
            values["fusion.centering.\(name).means"]?.copy(
                from: Tensor(clusters.means, shape: [clusters.count, count], on: device))
        }
        // Without a context, both extractors count alike.
        let rows = Self.plain(features)
        let joined = withoutGradients { Self.tensors(of: rows, features, device) { fusion.joined($0, context: $1) } }
        let components = PrincipalComponents(of: joined.floats, dimension: width, count: count)
        let directions = components.directions
        let offsets = directions.map { row in -zip(row, components.mean).reduce(0) { $0 + $1.0 * $1.1 } }
        values["fusion.projection.weight"]?.copy(
            from: Tensor(directions.flatMap { $0.map(Float.init) }, shape: [count, width], on: device))
        values["fusion.projection.bias"]?.copy(from: Tensor(offsets.map(Float.init), shape: [count], on: device))
        if !settings.learnsProjection { parameters.freeze { $0.hasPrefix("fusion.projection") } }
        // The entries of strangers are those of another archive; they take no part in batches.
        let known = rows.filter { features.rows[$0].view != .stranger }
        let first = Dictionary(
            zip(known.map { features.rows[$0].entry }, known), uniquingKeysWith: { first, _ in first })
        let sources = features.rows.indices.map { first[features.rows[$0].entry] ?? $0 }
        references = withoutGradients { Self.tensors(of: sources, features, device) { fusion($0, context: $1) } }
    }

    /// Runs `body` on the embeddings and contexts of some rows.
    private static func tensors(
        of rows: [Int], _ features: FusionFeatures, _ device: Device, _ body: (Tensor, Tensor) -> Tensor
    ) -> Tensor {
        func chosen(_ values: [Float], _ width: Int) -> Tensor {
            Tensor(
                rows.flatMap { values[$0 * width..<($0 + 1) * width] }, shape: [rows.count, width], on: device)
        }
        return body(
            chosen(features.embeddings, FusionFeatures.width), chosen(features.contexts, FusionFeatures.contextWidth))
    }

    /// Returns the loss over pairs plus that over similarities.
    public func loss(of batch: FusionBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let fused = Self.tensors(of: batch.rows, features, device) { embeddings, contexts in
            fusion(embeddings, context: ContextBatch.hidden(contexts, probability: settings.hidden))
        }
        let rows = batch.rows.map { features.rows[$0] }
        let separation = pairs(fused, people: rows.map(\.person), pictures: rows.map(\.entry))
        let kept = references.taking(Tensor(batch.rows, on: device))
        let relations = SimilarityDistillation()(fused, teacher: kept)
        return StepLoss(
            separation + relations * settings.relations, terms: ["pairs": separation, "relations": relations])
    }

    /// Measures the held-out people without the masks that are reserved for tests.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        measures(of: StudentView.Condition.allCases.filter { $0 != .unseen })
    }

    /// Measures the held-out people also with masks that are reserved for tests, and writes the fusion.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        let graph = ONNXGraph(
            inputs: [("embeddings", [1, FusionFeatures.width]), ("context", [1, FusionFeatures.contextWidth])],
            outputs: ["embedding"], parameters: parameters
        ) { [fusion($0[0], context: $0[1])] }
        try graph.serialized(name: Self.name).write(to: moment.folder.appending(path: "fusion.onnx"), options: .atomic)
        // The centering of the first extractor alone, for its own model.
        let half = ExtractorFusion.dimension
        let centering = ONNXGraph(
            inputs: [("embeddings", [1, half])], outputs: ["embedding"], parameters: parameters
        ) { [fusion.centering(ofFirst: $0[0])] }
        try centering.serialized(name: "centering").write(
            to: moment.folder.appending(path: "centering.onnx"), options: .atomic)
        return measures(of: StudentView.Condition.allCases)
    }

    private func measures(of conditions: [StudentView.Condition]) -> [String: Double] {
        var faces: [HeldOutMeasures.Face] = []
        var embeddings: [StudentView.Condition: Tensor] = [:]
        for condition in conditions {
            let rows = features.rows.indices.filter { features.rows[$0].view == .heldOut(condition) }
            embeddings[condition] =
                Self.tensors(of: rows, features, device) { fusion($0, context: $1) }.normalized()
            faces = rows.map { HeldOutMeasures.Face(person: features.rows[$0].person, entry: features.rows[$0].entry) }
        }
        return HeldOutViews.measures(embeddings, faces)
    }
}
