internal import CTorch

/// An optimizer and its settings.
public enum OptimizerConfiguration: Sendable, Hashable, Codable {
    /// Adam, with the decay added to the gradient (Kingma and Ba, *Adam*, 2015, arXiv:1412.6980).
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)
    /// AdamW (Loshchilov and Hutter, *Decoupled Weight Decay Regularization*, 2019, arXiv:1711.05101).
    case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)
    /// Gradient descent with momentum.
    case sgd(momentum: Double = 0.9, weightDecay: Double = 0, nesterov: Bool = false)
}

/// An optimizer, which changes parameters by their gradients and keeps the state that the next step needs.
///
/// ```swift
/// let optimizer = Optimizer(.adamW(), store)
/// for _ in 1...100 {
///     store.clearGradients()
///     loss().backward()
///     optimizer.clipGradients(to: 5)
///     optimizer.step(rate: 1e-3)
/// }
/// ```
public final class Optimizer {
    /// The kind of optimizer and its settings.
    public let configuration: OptimizerConfiguration
    /// The number of steps so far.
    public private(set) var steps = 0

    private let parameters: [ParameterStore.Entry]
    private let first: [Tensor]
    private let second: [Tensor]

    /// Creates an optimizer for the values of `store` that are not frozen now.
    public init(_ configuration: OptimizerConfiguration, _ store: ParameterStore) {
        self.configuration = configuration
        parameters = store.trainable
        // Copies, because the state must have the same memory layout as the parameters.
        let zeros = { (entry: ParameterStore.Entry) in
            let state = entry.tensor.detached.copied
            state.fill(0)
            return state
        }
        first = parameters.map(zeros)
        if case .sgd = configuration { second = [] } else { second = parameters.map(zeros) }
    }

    /// Scales all gradients so that their joint length is at most `largest`.
    ///
    /// Pascanu et al., 2013 (arXiv:1211.5063).
    ///
    /// - Returns: The length before scaling. It is not finite if a gradient is not.
    @discardableResult
    public func clipGradients(to largest: Double) -> Double {
        var norm = 0.0
        let handles = learning.map { Optional(parameters[$0].tensor.handle) }
        guard !handles.isEmpty else { return 0 }
        TrainingEngine.check(
            TrainingEngine.api.pointee.clip_gradients(handles, Int32(handles.count), largest, &norm))
        return norm
    }

    /// Makes one step and keeps the gradients. Parameters that the loss does not depend on stay unchanged.
    public func step(rate: Double) {
        steps += 1
        let indices = learning
        guard !indices.isEmpty else { return }
        let api = TrainingEngine.api.pointee
        let count = Int32(indices.count)
        let values = indices.map { Optional(parameters[$0].tensor.handle) }
        let firsts = indices.map { Optional(first[$0].handle) }
        switch configuration {
        case .adam(let beta1, let beta2, let epsilon, let decay):
            let seconds = indices.map { Optional(second[$0].handle) }
            TrainingEngine.check(
                api.adaptive_step(
                    ctorch_adam, values, firsts, seconds, count, Int64(steps), rate, beta1, beta2, epsilon, decay))
        case .adamW(let beta1, let beta2, let epsilon, let decay):
            let seconds = indices.map { Optional(second[$0].handle) }
            TrainingEngine.check(
                api.adaptive_step(
                    ctorch_adam_w, values, firsts, seconds, count, Int64(steps), rate, beta1, beta2, epsilon, decay))
        case .sgd(let momentum, let decay, let nesterov):
            TrainingEngine.check(
                api.momentum_step(values, firsts, count, rate, momentum, decay, nesterov))
        }
    }

    private var learning: [Int] { parameters.indices.filter { parameters[$0].tensor.gradient != nil } }

    // MARK: State

    /// The tensors that the next step needs besides the parameters, by name. Together with ``steps`` they are the whole
    /// state.
    public var state: [String: Tensor] {
        var state: [String: Tensor] = [:]
        for (index, entry) in parameters.enumerated() {
            state["first." + entry.name] = first[index]
            if !second.isEmpty { state["second." + entry.name] = second[index] }
        }
        return state
    }

    /// Continues from the state of another optimizer of the same parameters.
    ///
    /// - Throws: ``ParameterError`` if the state belongs to another network.
    public func restore(_ state: [String: Tensor], steps: Int) throws(ParameterError) {
        for (name, tensor) in self.state {
            guard let value = state[name] else { throw .missing(name, shape: tensor.shape) }
            guard value.shape == tensor.shape else {
                throw .misshapen(name, expected: tensor.shape, found: value.shape)
            }
        }
        for (name, tensor) in self.state { if let value = state[name] { tensor.copy(from: value) } }
        self.steps = steps
    }
}
