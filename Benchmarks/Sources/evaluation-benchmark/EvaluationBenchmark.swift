import ArgumentParser
import BenchmarkSupport
import Datasets
import Evaluation

/// Times the evaluation of embeddings: a list of pairs with intervals, and thresholds from all pairs.
///
/// Prints JSON.
@main
struct EvaluationBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluation-benchmark",
        abstract: "Time the evaluation of synthetic embeddings: a list of pairs, and all pairs.")

    @Option(help: "Pairs in the list, half of them mated.") var pairs = 6000
    @Option(help: "Bootstrap rounds.") var rounds = 2000
    @Option(help: "The numbers of pictures that are all compared with each other.") var pictures = [13_000, 23_000]
    @Option(help: "People in these pictures.") var people = 1000
    @Option(help: "Values per embedding.") var dimension = 128

    private struct Report: Encodable {
        let pairs: Int
        /// Accuracy over folds, curve, rates and Clopper–Pearson intervals.
        let report: Times
        let bootstrapRounds: Int
        /// The same with bootstrap intervals.
        let reportWithBootstrapSeconds: Double
        /// Two systems on the same pairs: McNemar's test, and the bootstrap of the AUC difference.
        let pairedComparisonSeconds: Double
        let allAgainstAll: [Calibration]
        let identification: Identification
    }

    private struct Identification: Encodable {
        let templates: Int
        let probes: Int
        let seconds: Double
    }

    private struct Calibration: Encodable {
        let pictures: Int
        let people: Int
        let comparisons: Int
        let seconds: Double
        /// Thresholds, and the exact curve with AUC, EER and the DET points.
        let withCurveSeconds: Double
    }

    func run() async throws {
        let comparisons = comparisons()
        let plain = try Times.measure { _ = try PairsReport(comparisons, folding: .given) }
        let drawn = try stopwatch { _ = try PairsReport(comparisons, folding: .given, bootstrapRounds: rounds) }
        let paired = try stopwatch {
            _ = try PairedComparison(
                first: comparisons, second: comparisons, thresholds: (0.3, 0.35), statistics: [.areaUnderCurve],
                rounds: rounds)
        }
        var calibrations: [Calibration] = []
        for count in pictures { calibrations.append(try await calibration(count)) }
        try Output.report(
            Report(
                pairs: pairs, report: plain, bootstrapRounds: rounds, reportWithBootstrapSeconds: drawn,
                pairedComparisonSeconds: paired, allAgainstAll: calibrations,
                identification: try await identification()))
    }

    /// Returns comparisons in ten folds; each person is in a few pairs, as in LFW's list.
    private func comparisons() -> [Comparison] {
        var faces = SyntheticFaces(dimension: dimension, noise: 0.08, seed: 1)
        let directions = (0..<people).map { _ in faces.person() }
        return (0..<pairs).map { index in
            let isMated = index % 2 == 0, a = index / 2 % people,
                b = isMated ? a : (a + 1 + index / 2 % (people - 1)) % people
            let first = faces.template(of: directions[a]), second = faces.template(of: directions[b])
            return Comparison(
                similarity: zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }, isMated: isMated,
                fold: index * 10 / pairs, personA: "\(a)", personB: "\(b)")
        }
    }

    private func calibration(_ count: Int) async throws -> Calibration {
        var faces = SyntheticFaces(dimension: dimension, noise: 0.08, seed: 2), embeddings: [Float] = []
        embeddings.reserveCapacity(count * dimension)
        for _ in 0..<count { embeddings += faces.person() }
        let labels = (0..<count).map { $0 % people }, clock = ContinuousClock(), start = clock.now
        _ = try await ImpostorCalibration(embeddings: embeddings, dimension: dimension, labels: labels)
        let calibrated = clock.now
        _ = try await AllPairsReport(embeddings: embeddings, dimension: dimension, labels: labels)
        return Calibration(
            pictures: count, people: people, comparisons: count * (count - 1) / 2,
            seconds: (calibrated - start).seconds, withCurveSeconds: (clock.now - calibrated).seconds)
    }

    /// Times searches in a gallery with one template per person.
    private func identification() async throws -> Identification {
        var faces = SyntheticFaces(dimension: dimension, noise: 0.08, seed: 3)
        let directions = (0..<10 * people).map { _ in faces.person() }
        let names = directions.indices.map { "\($0)" }
        let gallery = try SearchedGallery(
            embeddings: directions.flatMap { faces.template(of: $0) }, dimension: dimension, labels: names)
        let probes = directions.flatMap { faces.template(of: $0) }, clock = ContinuousClock(), start = clock.now
        _ = try await gallery.search(probes: probes, subjects: names)
        return Identification(
            templates: directions.count, probes: directions.count, seconds: (clock.now - start).seconds)
    }
}
