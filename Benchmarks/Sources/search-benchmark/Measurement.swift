import BenchmarkSupport

/// The times of one task, round by round.
struct Measurement {
    private(set) var seconds: [Double] = []
    /// The number of bytes that one run reads from memory.
    let bytes: Int
    /// The number of queries that one run answers.
    let queries: Int

    init(bytes: Int, queries: Int = 1) {
        self.bytes = bytes
        self.queries = queries
    }

    mutating func run(_ body: () throws -> Void) rethrows {
        seconds.append(try stopwatch(body))
    }

    /// The milliseconds of the last run.
    var latest: Double { (seconds.last ?? .nan) * 1e3 }

    var report: Report {
        let middle = median(seconds)
        return Report(
            milliseconds: middle * 1e3, fastest: (seconds.min() ?? 0) * 1e3,
            gigabytesPerSecond: Double(bytes) / middle / 1e9, millisecondsPerQuery: middle * 1e3 / Double(queries))
    }

    /// Returns the median over the rounds of the speed relative to `other` in the same round.
    func speed(over other: Measurement) -> Double {
        median(zip(seconds, other.seconds).map { $1 / $0 })
    }

    /// Returns the median over the rounds of the throughput in bytes per second relative to `other` in the same round.
    func throughput(over other: Measurement) -> Double {
        speed(over: other) * Double(bytes) / Double(other.bytes)
    }

    struct Report: Encodable {
        let milliseconds: Double
        let fastest: Double
        let gigabytesPerSecond: Double
        let millisecondsPerQuery: Double
    }
}
