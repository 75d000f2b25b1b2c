/// The mean of a network's values over its last steps: what it makes varies less than what the network makes.
///
/// Yazıcı et al., *The unusual effectiveness of averaging in GAN training*, 2019 (arXiv:1806.04498).
public struct MovingAverage {
    private let pairs: [(value: Tensor, average: Tensor)]
    private let decay: Double

    /// Averages the values called `source.…` into those called `target.…`, which are made equal to them now; running
    /// averages of batch normalisation too.
    ///
    /// - Parameters:
    ///   - store: Where both networks' values are; each of the first must have its like in the second.
    ///   - decay: How much of the average stays at each step, 0 to under 1.
    public init(_ store: ParameterStore, from source: String, to target: String, decay: Double) {
        let values = store.dictionary
        pairs = store.entries.compactMap { entry in
            guard entry.name.hasPrefix(source + ".") else { return nil }
            let name = target + entry.name.dropFirst(source.count)
            guard let average = values[name] else { preconditionFailure("\(name) is not there to hold the average") }
            return (entry.tensor, average)
        }
        self.decay = decay
        for pair in pairs { pair.average.copy(from: pair.value.detached) }
    }

    /// Takes the values as they are now into the average.
    ///
    /// - Parameter step: How many were taken before: the first ones count for more, because the average begins with
    ///   values that nothing was learned for.
    public func update(step: Int) {
        let decay = min(self.decay, Double(1 + step) / Double(10 + step))
        withoutGradients {
            for pair in pairs {
                pair.average.copy(from: pair.average.detached * decay + pair.value.detached * (1 - decay))
            }
        }
    }
}
