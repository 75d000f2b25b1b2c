public import Foundation
public import Tensors

/// A source of batches. Batches are prepared on other threads, ahead of the steps that need them.
public protocol BatchSource: Sendable {
    /// A batch: decoded, augmented and ready to become tensors.
    associatedtype Batch: Sendable
    /// The number of steps for one pass through the data; above 0.
    var stepsPerEpoch: Int { get }
    /// The number of examples in a batch, for the speed figures.
    var examplesPerStep: Int { get }
    /// Returns a batch. It depends only on epoch and step: repeated calls return the same batch.
    ///
    /// - Parameters:
    ///   - epoch: The epoch, from 0.
    ///   - step: The step within the epoch, from 0.
    func batch(epoch: Int, step: Int) async throws -> Batch
}

/// A training task: data, a network and a loss.
///
/// Everything except preparing batches happens on one thread.
///
/// ```swift
/// /// A linear classifier of embeddings; `Examples` has the numbers of some embeddings, and their people as numbers.
/// struct Classifier<Source: BatchSource>: TrainingTask where Source.Batch == Examples {
///     let batches: Source, parameters: ParameterStore, head: SoftmaxHead, heldOut: Examples
///
///     func loss(of batch: Examples, at moment: TrainingMoment) -> StepLoss {
///         let x = Tensor(batch.numbers, shape: [batch.people.count, 128], on: moment.device)
///         return StepLoss(head.loss(x, labels: Tensor(batch.people, on: moment.device)).loss)
///     }
///
///     func validate(at moment: TrainingMoment) -> [String: Double] {
///         ["loss": Double(loss(of: heldOut, at: moment).total.scalar)]
///     }
/// }
/// ```
public protocol TrainingTask {
    /// The type of the source of batches.
    associatedtype Source: BatchSource
    /// The source of the batches.
    var batches: Source { get }
    /// All learnable values, including heads.
    var parameters: ParameterStore { get }
    /// Runs the network on a batch in training mode and returns the loss.
    func loss(of batch: Source.Batch, at moment: TrainingMoment) throws -> StepLoss
    /// Measures the network on held-out data, without gradients. The configuration's `validation.measure` names one of
    /// the results.
    func validate(at moment: TrainingMoment) throws -> [String: Double]
    /// Finishes the task: makes final measurements and writes files to keep. Called once at the end, with the best
    /// weights loaded and without gradients.
    ///
    /// - Returns: Measures for the run's summary, in addition to those of the best validation.
    func conclude(at moment: TrainingMoment) throws -> [String: Double]
}

extension TrainingTask {
    /// Makes no further measurements and writes no files.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] { [:] }
}

/// The loss of a step.
public struct StepLoss {
    /// The loss that training minimizes: one number.
    public var total: Tensor
    /// Further numbers to report, by name: one number each.
    public var terms: [String: Tensor]

    /// Creates a loss with further numbers to report.
    public init(_ total: Tensor, terms: [String: Tensor] = [:]) { (self.total, self.terms) = (total, terms) }
}

/// A step's position in the run, and how the run computes.
public struct TrainingMoment: Sendable {
    /// The number of steps before this one.
    public let step: Int
    /// The number of steps in the run.
    public let totalSteps: Int
    /// The epoch, from 0.
    public let epoch: Int
    /// The folder of the run's seed, for files such as sample pictures.
    public let folder: URL
    /// The device on which the network computes.
    public let device: Device
    /// The number format in which the network computes.
    public let precision: RunConfiguration.Precision

    /// The progress of the run, from 0 at the first step to nearly 1 at the last.
    public var progress: Double { Double(step) / Double(totalSteps) }

    /// Runs `body` with convolutions and matrix products in the run's precision. Run the network inside and compute the
    /// loss outside, because distances and logits need float32.
    public func mixed<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        try withAutocast(precision == .bf16, on: device, body)
    }
}
