public import Foundation
public import Tensors

/// Where a task's batches come from. Batches are made on other threads, ahead of the steps that need them.
public protocol BatchSource: Sendable {
    /// Decoded, augmented, ready to become tensors.
    associatedtype Batch: Sendable
    /// How many steps go through the data once; above 0.
    var stepsPerEpoch: Int { get }
    /// How many examples a batch has, for the figures of speed.
    var examplesPerStep: Int { get }
    /// A batch, which depends on its place alone: asked for twice, it is the same.
    ///
    /// - Parameters:
    ///   - epoch: From 0.
    ///   - step: Within the epoch, from 0.
    func batch(epoch: Int, step: Int) async throws -> Batch
}

/// What can be trained: data, a network and a loss.
///
/// Everything but the batches happens on one thread.
public protocol TrainingTask {
    /// Where the batches come from.
    associatedtype Source: BatchSource
    /// The batches of this task.
    var batches: Source { get }
    /// Every value that is learned, heads included.
    var parameters: ParameterStore { get }
    /// Runs the network on a batch, in training.
    func loss(of batch: Source.Batch, at moment: TrainingMoment) throws -> StepLoss
    /// Measures the network on held-out data; called without gradients. The configuration's `validation.measure` names
    /// one of the results.
    func validate(at moment: TrainingMoment) throws -> [String: Double]
    /// Called once at the end, with the best weights in place and without gradients: last measurements, files to keep.
    ///
    /// - Returns: Measures for the run's summary; by default those of the best validation are all.
    func conclude(at moment: TrainingMoment) throws -> [String: Double]
}

extension TrainingTask {
    /// Nothing more to measure and no files to keep.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] { [:] }
}

/// What a step gave.
public struct StepLoss {
    /// What is made smaller: one number.
    public var total: Tensor
    /// What is reported beside it, by name: one number each.
    public var terms: [String: Tensor]

    /// A loss with what is reported beside it.
    public init(_ total: Tensor, terms: [String: Tensor] = [:]) { (self.total, self.terms) = (total, terms) }
}

/// Where a run stands, and how it computes.
public struct TrainingMoment: Sendable {
    /// How many steps were made before this one.
    public let step: Int
    /// How many steps the run has.
    public let totalSteps: Int
    /// The epoch, from 0.
    public let epoch: Int
    /// Where files of the run's seed are kept, such as pictures of how far it has come.
    public let folder: URL
    /// Where the network computes.
    public let device: Device
    /// In what it computes.
    public let precision: RunConfiguration.Precision

    /// From 0 at the first step to nearly 1 at the last.
    public var progress: Double { Double(step) / Double(totalSteps) }

    /// Runs `body` with convolutions and matrix products in the run's precision: put the network inside and the loss
    /// outside, where distances and logits want float32.
    public func mixed<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        try withAutocast(precision == .bf16, on: device, body)
    }
}
