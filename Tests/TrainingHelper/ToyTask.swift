import Foundation
import Tensors
import Training

/// A task that trains very fast: to say which of the first three of eight numbers is the largest.
struct ToyTask: RunnableTask {
    struct Settings: ConfigurationSection {
        var dropout = 0.3
        /// The time for making each batch, in seconds.
        var delay = 0.0
        /// The step whose loss becomes NaN.
        var failingStep: Int?

        func check(_ fields: FieldChecks) throws { try fields["dropout"].expect(dropout, in: 0...0.9) }
    }

    struct Batch: Sendable {
        var inputs: [Float]
        var labels: [Int]
    }

    struct Source: BatchSource {
        var seed: UInt64
        var delay: Double
        var stepsPerEpoch = 10
        var examplesPerStep: Int

        func batch(epoch: Int, step: Int) async throws -> Batch {
            if delay > 0 { try await Task.sleep(for: .seconds(delay)) }
            return ToyTask.examples(examplesPerStep, seed: seed &* 1_000_003 &+ UInt64(epoch * stepsPerEpoch + step))
        }
    }

    static let name = "toy"
    static let summary = "Finds the largest of three numbers."

    let batches: Source
    let parameters: ParameterStore
    private let settings: Settings
    private let hidden: Linear
    private let normalization: LayerNorm
    private let head: SoftmaxHead
    private let heldOut = ToyTask.examples(200, seed: 12345)

    static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws { tell("nothing to prepare") }

    init(_ settings: Settings, _ material: Void, configuration: RunConfiguration, seed: UInt64) throws {
        self.settings = settings
        batches = Source(seed: seed, delay: settings.delay, examplesPerStep: configuration.batch)
        parameters = ParameterStore(seed: seed, on: configuration.device)
        hidden = try Linear(parameters.root["hidden"], in: 8, out: 16)
        normalization = try LayerNorm(parameters.root["norm"], size: 16)
        head = try SoftmaxHead(parameters.root["head"], dimension: 16, classes: 3)
    }

    func loss(of batch: Batch, at moment: TrainingMoment) throws -> StepLoss {
        let hidden = moment.mixed { features(batch, training: true) }
        let result = head.loss(hidden.to(.float32), labels: Tensor(batch.labels))
        let factor = moment.step == settings.failingStep ? Double.nan : 1
        return StepLoss(result.loss * factor, terms: ["accuracy": result.accuracy])
    }

    func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let logits = head.logits(features(heldOut, training: false))
        return ["accuracy": Double(accuracy(logits, labels: Tensor(heldOut.labels)).scalar)]
    }

    func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        ["finalAccuracy": try validate(at: moment)["accuracy"] ?? 0]
    }

    private func features(_ batch: Batch, training: Bool) -> Tensor {
        let x = Tensor(batch.inputs, shape: [batch.labels.count, 8])
        return dropout(normalization(relu(hidden(x))), settings.dropout, training: training)
    }

    private static func examples(_ count: Int, seed: UInt64) -> Batch {
        var generator = Generator(state: seed)
        let inputs = (0..<count * 8).map { _ in Float.random(in: -1...1, using: &generator) }
        let labels = (0..<count).map { row in (0..<3).max { inputs[row * 8 + $0] < inputs[row * 8 + $1] } ?? 0 }
        return Batch(inputs: inputs, labels: labels)
    }

    /// Knuth's linear congruential generator, whose upper half is good enough for this task.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            func half() -> UInt64 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state >> 32
            }
            return half() << 32 | half()
        }
    }
}
