/// The times of repeated runs, in milliseconds.
public struct Times: Encodable, Sendable {
    /// The median.
    public let median: Double
    /// The mean.
    public let mean: Double
    /// The shortest time.
    public let fastest: Double
    /// The number of runs.
    public let runs: Int

    /// Creates times from seconds, at least one.
    public init(seconds: [Double]) {
        median = BenchmarkSupport.median(seconds) * 1e3
        mean = seconds.reduce(0, +) / Double(seconds.count) * 1e3
        fastest = (seconds.min() ?? .nan) * 1e3
        runs = seconds.count
    }

    /// Runs `body` at least `least` times and for at least `seconds`, after `warmUp` runs that do not count.
    public static func measure(
        warmUp: Int = 3, least: Int = 5, seconds: Double = 1, _ body: () throws -> Void
    ) rethrows -> Times {
        for _ in 0..<warmUp { try body() }
        var taken: [Double] = [], total = 0.0
        while taken.count < least || total < seconds {
            taken.append(try stopwatch(body))
            total += taken[taken.count - 1]
        }
        return Times(seconds: taken)
    }
}

/// Returns the seconds that `body` takes.
public func stopwatch(_ body: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(body).seconds
}

/// Returns the median of `values`; NaN if there are none.
public func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted.count % 2 == 1
        ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}

extension Duration {
    /// The duration in seconds.
    public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
