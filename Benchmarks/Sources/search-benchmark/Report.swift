/// The printed result of the benchmark.
struct Report: Encodable {
    let rows: Int
    let dimension: Int
    let people: Int
    let kernel: String
    let rounds: Int
    /// The seconds for filling the index in memory.
    let fillSeconds: Double
    let times: SearchTimes
    let agreement: SyntheticGallery.Agreement
}

/// Medians, by task and number of threads.
///
/// Ratios are computed within a round.
struct SearchTimes: Encodable {
    let stream: [String: Measurement.Report]
    let float: [String: Measurement.Report]
    let int8: [String: Measurement.Report]
    let floatBatch: Measurement.Report
    let int8Batch: Measurement.Report
    /// The throughput of the float scan relative to the stream, by threads.
    let floatOfStream: [String: Double]
    /// The speed of int8 relative to float, by threads.
    let int8OverFloat: [String: Double]

    init(
        streams: [Int: Measurement], floats: [Int: Measurement], int8s: [Int: Measurement], floatBatch: Measurement,
        int8Batch: Measurement
    ) {
        stream = named(streams.mapValues(\.report))
        float = named(floats.mapValues(\.report))
        int8 = named(int8s.mapValues(\.report))
        self.floatBatch = floatBatch.report
        self.int8Batch = int8Batch.report
        floatOfStream = named(combined(floats, streams) { $0.throughput(over: $1) })
        int8OverFloat = named(combined(int8s, floats) { $0.speed(over: $1) })
    }
}

private func named<Value>(_ byThreads: [Int: Value]) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: byThreads.map { ("\($0) thread\($0 == 1 ? "" : "s")", $1) })
}

private func combined(
    _ ones: [Int: Measurement], _ others: [Int: Measurement], _ ratio: (Measurement, Measurement) -> Double
) -> [Int: Double] {
    var result: [Int: Double] = [:]
    for (threads, one) in ones {
        if let other = others[threads] { result[threads] = ratio(one, other) }
    }
    return result
}
