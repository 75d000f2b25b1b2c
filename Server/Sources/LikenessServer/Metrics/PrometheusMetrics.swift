public import CoreMetrics
import Foundation
import Synchronization

/// Keeps the numbers that swift-metrics reports, and writes them in Prometheus' text format (version 0.0.4).
///
/// Labels with values from requests, such as names, must not be used: every combination stays in memory. So there is a
/// limit of series, after which new ones are dropped.
public final class PrometheusMetrics: MetricsFactory {
    private struct Series: Hashable {
        var name: String
        var labels: [String]
    }

    private struct Distribution {
        var counts: [UInt64]
        var sum = 0.0
        var count: UInt64 = 0
    }

    private struct State {
        var counters: [Series: Double] = [:]
        var gauges: [Series: Double] = [:]
        var distributions: [Series: Distribution] = [:]

        var count: Int { counters.count + gauges.count + distributions.count }
    }

    private final class Handler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler,
        TimerHandler
    {
        let metrics: PrometheusMetrics
        let series: Series

        init(_ metrics: PrometheusMetrics, _ series: Series) { (self.metrics, self.series) = (metrics, series) }

        func increment(by amount: Int64) { metrics.add(Double(amount), to: series) }
        func increment(by amount: Double) { metrics.add(amount, to: series) }
        func increment(by amount: Int) { metrics.add(Double(amount), to: series) }
        func reset() { metrics.reset(series) }
        func set(_ value: Int64) { metrics.set(Double(value), series) }
        func set(_ value: Double) { metrics.set(value, series) }
        func decrement(by amount: Double) { metrics.move(-amount, series) }
        func record(_ value: Int64) { metrics.observe(Double(value), series) }
        func record(_ value: Double) { metrics.observe(value, series) }
        func recordNanoseconds(_ duration: Int64) { metrics.observe(Double(duration) / 1e9, series) }
    }

    /// The upper ends of the bins of times, in seconds.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private static let mostSeries = 2000
    private let state = Mutex(State())

    /// Creates metrics without any number.
    public init() {}

    // MARK: MetricsFactory

    /// Returns a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(self, Self.series(label, dimensions, suffix: "_total"))
    }

    /// Returns a counter of numbers with fractions.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler { Handler(self, Self.series(label, dimensions, suffix: "_total")) }

    /// Returns a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        Handler(self, Self.series(label, dimensions))
    }

    /// Returns a histogram, with or without aggregation.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { Handler(self, Self.series(label, dimensions)) }

    /// Returns a histogram of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(self, Self.series(label, dimensions, suffix: "_seconds"))
    }

    /// Does nothing: series stay.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing: series stay.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Does nothing: series stay.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing: series stay.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing: series stay.
    public func destroyTimer(_ handler: any TimerHandler) {}

    // MARK: Numbers

    private static func series(_ label: String, _ dimensions: [(String, String)], suffix: String = "") -> Series {
        let name = label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
        return Series(
            name: name.hasSuffix(suffix) ? name : name + suffix,
            labels: dimensions.map { "\($0.0)=\"\(escaped($0.1))\"" }.sorted())
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private func add(_ amount: Double, to series: Series) {
        state.withLock { state in
            guard state.counters[series] != nil || state.count < Self.mostSeries else { return }
            state.counters[series, default: 0] += amount
        }
    }

    private func reset(_ series: Series) { state.withLock { $0.counters[series] = 0 } }

    private func set(_ value: Double, _ series: Series) {
        state.withLock { state in
            guard state.gauges[series] != nil || state.count < Self.mostSeries else { return }
            state.gauges[series] = value
        }
    }

    private func move(_ amount: Double, _ series: Series) {
        state.withLock { $0.gauges[series, default: 0] += amount }
    }

    private func observe(_ value: Double, _ series: Series) {
        state.withLock { state in
            guard state.distributions[series] != nil || state.count < Self.mostSeries else { return }
            var distribution =
                state.distributions[series] ?? Distribution(counts: Array(repeating: 0, count: Self.bounds.count))
            if let bin = Self.bounds.firstIndex(where: { value <= $0 }) { distribution.counts[bin] += 1 }
            distribution.sum += value
            distribution.count += 1
            state.distributions[series] = distribution
        }
    }

    /// All numbers, in Prometheus' text format.
    public var text: String {
        let state = state.withLock { $0 }
        var lines: [String] = []
        func write(_ kind: String, _ names: some Sequence<Series>, _ rows: (Series) -> [String]) {
            for (name, series) in Dictionary(grouping: names, by: \.name).sorted(by: { $0.key < $1.key }) {
                lines.append("# TYPE \(name) \(kind)")
                for one in series.sorted(by: { $0.labels.lexicographicallyPrecedes($1.labels) }) { lines += rows(one) }
            }
        }
        write("counter", state.counters.keys) { ["\(Self.name($0)) \(Self.number(state.counters[$0] ?? 0))"] }
        write("gauge", state.gauges.keys) { ["\(Self.name($0)) \(Self.number(state.gauges[$0] ?? 0))"] }
        write("histogram", state.distributions.keys) { series in
            guard let distribution = state.distributions[series] else { return [] }
            var total: UInt64 = 0
            var rows = zip(Self.bounds, distribution.counts).map { bound, count in
                total += count
                return "\(Self.name(series, "_bucket", "le=\"\(Self.number(bound))\"")) \(total)"
            }
            rows.append("\(Self.name(series, "_bucket", "le=\"+Inf\"")) \(distribution.count)")
            rows.append("\(Self.name(series, "_sum")) \(Self.number(distribution.sum))")
            rows.append("\(Self.name(series, "_count")) \(distribution.count)")
            return rows
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func name(_ series: Series, _ suffix: String = "", _ label: String? = nil) -> String {
        let labels = series.labels + (label.map { [$0] } ?? [])
        return series.name + suffix + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
