public import Tensors

/// Returns the batch mean of −log p(label) from logits.
///
/// With smoothing, the share `smoothing` of the label's weight is spread over all classes (Szegedy et al., 2016,
/// arXiv:1512.00567).
///
/// - Parameters:
///   - logits: `[batch, classes]`.
///   - labels: `[batch]`, integers from 0.
///   - smoothing: From 0 (none) to below 1.
///   - weights: The weight of each example, `[batch]`; the result is then the weighted mean. `nil` for equal weights.
/// - Returns: One number, at least 0.
public func crossEntropy(_ logits: Tensor, labels: Tensor, smoothing: Double = 0, weights: Tensor? = nil) -> Tensor {
    precondition((0..<1).contains(smoothing), "label smoothing must be from 0 to below 1")
    let logarithms = logits.logSoftmax(1)
    var losses = -logarithms.gathered(labels.reshaped([-1, 1]), axis: 1).reshaped([-1])
    if smoothing > 0 { losses = losses * (1 - smoothing) - logarithms.mean(1) * smoothing }
    guard let weights else { return losses.mean() }
    return (losses * weights).sum() / weights.sum()
}

/// Returns the share of a batch whose largest logit is that of the label, from 0 to 1.
///
/// - Parameters:
///   - logits: `[batch, classes]`.
///   - labels: `[batch]`.
public func accuracy(_ logits: Tensor, labels: Tensor) -> Tensor {
    (logits.detached.argMax(1) .== labels).to(.float32).mean()
}
