import Foundation

/// The objective of a softmax regression: the cost of weights, and its gradient.
struct SoftmaxProblem: Sendable {
    /// The number of samples whose scores are computed at a time.
    private static let tileRows = 16
    /// The minimum number of samples of a work item.
    private static let fewestRows = 128
    /// The maximum number of work items.
    private static let mostPieces = 16

    /// The number of values in an input.
    let dimension: Int
    private let panels: SoftmaxPanels
    private let ridge: Double
    /// The inputs, each followed by a 1.
    private let inputs: [Double]
    private let labels: [Int]

    init(inputs: [[Float]], labels: [Int], classes: Int, ridge: Double) {
        let dimension = inputs.first?.count ?? 0
        precondition(inputs.allSatisfy { $0.count == dimension }, "all inputs must have the same length")
        self.dimension = dimension
        panels = SoftmaxPanels(classes: classes, dimension: dimension)
        self.ridge = ridge
        self.inputs = inputs.flatMap { $0.map(Double.init) + [1] }
        self.labels = labels
    }

    /// The number of vectors of four weights.
    var size: Int { panels.count * panels.width }

    /// Returns the cost and its gradient at some weights.
    ///
    /// - Throws: `CancellationError` if the task is canceled.
    func evaluated(
        at weights: [SIMD4<Double>], workers: Int?
    ) async throws -> (cost: Double, gradient: [SIMD4<Double>]) {
        let rows = max(Self.fewestRows, (labels.count + Self.mostPieces - 1) / Self.mostPieces)
        let pieces = stride(from: 0, to: labels.count, by: rows).map { $0..<min($0 + rows, labels.count) }
        let next = NextBlock()
        let found = await withTaskGroup(of: [(Int, Double, [SIMD4<Double>])].self) { group in
            for _ in 0..<max(1, min(workers ?? ProcessInfo.processInfo.activeProcessorCount, pieces.count)) {
                group.addTask {
                    var found: [(Int, Double, [SIMD4<Double>])] = []
                    while let piece = next.claim(of: pieces.count), !Task.isCancelled {
                        let (cost, gradient) = share(of: pieces[piece], weights)
                        found.append((piece, cost, gradient))
                    }
                    return found
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        try Task.checkCancellation()
        var cost = 0.0, gradient = penalty(weights, &cost)
        // In the order of the work items, so that the sums do not depend on which finishes first.
        for (_, share, summand) in found.sorted(by: { $0.0 < $1.0 }) {
            cost += share
            for index in gradient.indices { gradient[index] += summand[index] }
        }
        return (cost, gradient)
    }

    /// Returns the ridge's gradient, and adds its cost.
    ///
    /// Intercepts have none.
    private func penalty(_ weights: [SIMD4<Double>], _ cost: inout Double) -> [SIMD4<Double>] {
        var gradient = weights
        for panel in 0..<panels.count { gradient[(panel + 1) * panels.width - 1] = SIMD4() }
        var squares = SIMD4<Double>()
        for index in gradient.indices {
            squares += gradient[index] * gradient[index]
            gradient[index] *= ridge
        }
        cost += ridge / 2 * squares.sum()
        return gradient
    }

    /// Returns the contribution of some samples.
    private func share(of samples: Range<Int>, _ weights: [SIMD4<Double>]) -> (Double, [SIMD4<Double>]) {
        var gradient = Array(repeating: SIMD4<Double>(), count: size), cost = 0.0
        var scores = Array(repeating: SIMD4<Double>(), count: Self.tileRows * panels.count)
        for start in stride(from: samples.lowerBound, to: samples.upperBound, by: Self.tileRows) {
            let rows = start..<min(start + Self.tileRows, samples.upperBound)
            let tile = Array(inputs[rows.lowerBound * panels.width..<rows.upperBound * panels.width])
            panels.scores(of: tile, rows: rows.count, weights: weights, into: &scores)
            for (place, sample) in rows.enumerated() {
                cost += residual(of: sample, in: &scores, at: place * panels.count)
            }
            panels.add(scores, of: tile, rows: rows.count, to: &gradient)
        }
        return (cost, gradient)
    }

    /// Replaces a sample's scores by the probabilities minus the truth, and returns the sample's cost.
    private func residual(of sample: Int, in scores: inout [SIMD4<Double>], at start: Int) -> Double {
        let label = labels[sample]
        return scores.withUnsafeMutableBytes { bytes in
            let all = bytes.bindMemory(to: Double.self), count = panels.classes
            let scores = UnsafeMutableBufferPointer(rebasing: all[start * 4..<(start + panels.count) * 4])
            let own = scores[label]
            var largest = -Double.infinity, sum = 0.0
            for index in 0..<count { largest = max(largest, scores[index]) }
            for index in 0..<count {
                scores[index] = exp(scores[index] - largest)
                sum += scores[index]
            }
            for index in 0..<count { scores[index] /= sum }
            // Places after the last class are padding.
            for index in count..<scores.count { scores[index] = 0 }
            scores[label] -= 1
            return largest + log(sum) - own
        }
    }
}
