import Networks
import Tensors
import Training

extension FaceEmbeddingTask {
    /// Returns the losses of a network with a masked branch.
    ///
    /// Training knows who wears a mask, so masked faces take the masked branch regardless of the gate. Bare faces train
    /// only the gate, because their branch is frozen. The masked branch learns to give FaceNet-128's embedding of the
    /// same face without the mask. Its embeddings are also compared (triplets) with such bare embeddings of the whole
    /// batch, because galleries consist of bare faces.
    func maskedPathLoss(of batch: StageBatches.Batch, at moment: TrainingMoment) -> StepLoss {
        guard let path = network.maskedPath else { preconditionFailure("the network has no masked branch") }
        let masks = material.cache.masks(batch.rows)
        let (fine, middle) = (tensor(batch.stages[1], stage: 1, moment), tensor(batch.stages[2], stage: 2, moment))
        let state = moment.mixed { path.maskState(middle) }.to(.float32)
        let labels = Tensor(masks, on: moment.device)
        let gate = crossEntropy(state, labels: labels)
        var terms = ["mask": gate, "maskAccuracy": accuracy(state, labels: labels)]
        var total = gate * settings.dualScale.mask
        let covered = masks.indices.filter { masks[$0] == 1 }
        guard !covered.isEmpty else { return StepLoss(total, terms: terms) }
        let rows = Tensor(covered, on: moment.device)
        func chosen(_ map: Tensor) -> Tensor { map.taking(rows).channelsLast }
        let stem = tensor(batch.stages[0], stage: 0, moment)
        let stages = InceptionResNetV1.Stages(
            stem: chosen(stem), fine: chosen(fine), middle: chosen(middle),
            coarse: tensor(batch.stages[3], stage: 3, moment).taking(rows))
        let embeddings = moment.mixed { network.maskedResult(of: stages, training: true).embedding }.to(.float32)
        let bare = Tensor(batch.bare, shape: [batch.rows.count, StageNetwork.dimension], on: moment.device).taking(rows)
        let distillation = EmbeddingDistillation.cosine(embeddings, teacher: bare)
        terms["distillation"] = distillation
        total = total + distillation * settings.distillation
        if settings.triplet > 0 {
            let people = covered.map { batch.labels[$0] }
            let result = TripletLoss(margin: 0.2)(
                Tensor.concatenated([embeddings, bare], axis: 0), labels: people + people, mining: settings.miner)
            terms["triplet"] = result.loss
            total = total + result.loss * settings.triplet
        }
        return StepLoss(total, terms: terms)
    }
}
