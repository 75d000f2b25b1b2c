/// An exponential moving average of a network's values over the training steps. The output of the averaged network
/// varies less from step to step.
///
/// Yazıcı et al., *The unusual effectiveness of averaging in GAN training*, 2019 (arXiv:1806.04498).
public struct MovingAverage {
    private let pairs: [(value: Tensor, average: Tensor)]
    private let decay: Double

    /// Averages the values called `source.…` into those called `target.…`, including the running averages of batch
    /// normalization. The two are made equal now.
    ///
    /// - Parameters:
    ///   - store: The values of both networks; each value of the source must have a counterpart in the target.
    ///   - source: The prefix of the names of the values that are averaged, without the dot.
    ///   - target: The prefix of the names of the averages, without the dot.
    ///   - decay: The share of the old average that each step keeps, from 0 to below 1.
    public init(_ store: ParameterStore, from source: String, to target: String, decay: Double) {
        let values = store.dictionary
        pairs = store.entries.compactMap { entry in
            guard entry.name.hasPrefix(source + ".") else { return nil }
            let name = target + entry.name.dropFirst(source.count)
            guard let average = values[name] else {
                preconditionFailure("no value is called \(name), which should hold the average")
            }
            return (entry.tensor, average)
        }
        self.decay = decay
        for pair in pairs { pair.average.copy(from: pair.value.detached) }
    }

    /// Adds the current values to the average.
    ///
    /// - Parameter step: The number of earlier updates. The first updates count more, because the average starts from
    ///   untrained values.
    public func update(step: Int) {
        let decay = min(self.decay, Double(1 + step) / Double(10 + step))
        withoutGradients {
            for pair in pairs {
                pair.average.copy(from: pair.average.detached * decay + pair.value.detached * (1 - decay))
            }
        }
    }
}
