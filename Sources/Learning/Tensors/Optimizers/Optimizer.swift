internal import CTorch

/// How gradients change parameters.
public enum OptimizerConfiguration: Sendable, Hashable, Codable {
    /// Kingma and Ba, *Adam*, 2015 (arXiv:1412.6980); decay is added to the gradient.
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)
    /// Loshchilov and Hutter, *Decoupled Weight Decay Regularization*, 2019 (arXiv:1711.05101).
    case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)
    /// Gradient descent with momentum.
    case sgd(momentum: Double = 0.9, weightDecay: Double = 0, nesterov: Bool = false)
}

/// Changes parameters by their gradients, and remembers what it needs for the next step.
public final class Optimizer {
    /// How it does that.
    public let configuration: OptimizerConfiguration
    /// How many steps have been made.
    public private(set) var steps = 0

    private let parameters: [ParameterStore.Entry]
    private let first: [Tensor]
    private let second: [Tensor]

    /// An optimizer of the values of `store` that are not frozen now.
    public init(_ configuration: OptimizerConfiguration, _ store: ParameterStore) {
        self.configuration = configuration
        parameters = store.trainable
        // Copies, because the state must lie in memory as the parameters do.
        let zeros = { (entry: ParameterStore.Entry) in
            let state = entry.tensor.detached.copied
            state.fill(0)
            return state
        }
        first = parameters.map(zeros)
        if case .sgd = configuration { second = [] } else { second = parameters.map(zeros) }
    }

    /// Scales all gradients so that together they are no longer than `largest`.
    ///
    /// Pascanu et al., 2013 (arXiv:1211.5063).
    ///
    /// - Returns: Their length before; not finite where a gradient is not.
    @discardableResult
    public func clipGradients(to largest: Double) -> Double {
        var norm = 0.0
        let handles = learning.map { Optional(parameters[$0].tensor.handle) }
        guard !handles.isEmpty else { return 0 }
        TrainingEngine.check(
            TrainingEngine.api.pointee.clip_gradients(handles, Int32(handles.count), largest, &norm))
        return norm
    }

    /// Makes one step and leaves the gradients as they are. A parameter that the loss did not reach stays unchanged.
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

    /// What the next step depends on besides the parameters, by name; with ``steps`` it is all.
    public var state: [String: Tensor] {
        var state: [String: Tensor] = [:]
        for (index, entry) in parameters.enumerated() {
            state["first." + entry.name] = first[index]
            if !second.isEmpty { state["second." + entry.name] = second[index] }
        }
        return state
    }

    /// Goes on from where another optimizer of the same parameters was.
    ///
    /// - Throws: ``ParameterError`` where the state is another network's.
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
