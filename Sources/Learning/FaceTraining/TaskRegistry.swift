import Networks
public import Training

/// The tasks that a configuration file can name.
public enum TaskRegistry {
    /// All tasks.
    public static let tasks: [any RunnableTask.Type] = [
        FaceEmbeddingTask.self, DistillationTask.self, ExtractorFusionTask.self,
        ContextFusionTask.self, MaskClassifierTask.self, AgeClassifierTask.self,
        FaceQualityTask.self, MaskedHeadTask.self, FaceTranslationTask.self, FeatureGenerationTask.self,
        BackboneTask.self, YuNetTask.self, CascadeTask<ProposalNetwork>.self,
        CascadeTask<RefinementNetwork>.self, CascadeTask<OutputNetwork>.self,
    ]
}
