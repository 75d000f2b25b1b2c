import Faces
import Foundation

/// The log-odds of an outcome as a linear function of inputs, by maximum likelihood.
///
/// Newton's method with backtracking (Lin, Lin and Weng, *A note on Platt's probabilistic outputs for support vector
/// machines*, 2007), for any number of inputs, and for targets that are probabilities: Platt's targets are slightly
/// above 0 and below 1.
package struct LogisticRegression {
    /// The intercept, then a weight for each input.
    package let weights: [Double]

    /// Fits the weights.
    ///
    /// - Parameters:
    ///   - inputs: A row for each sample, all of the same length.
    ///   - targets: The probability of each outcome, 0...1.
    ///   - ridge: The factor of half the squared weights, except the intercept's, in the cost Σ −ln p.
    /// - Throws: ``EvaluationError/calibrationFailed(_:)`` if there is no optimum: without a ridge, if the inputs
    ///   separate the outcomes or are collinear.
    package init(inputs: [[Double]], targets: [Double], ridge: Double = 0) throws(EvaluationError) {
        precondition(inputs.count == targets.count && !inputs.isEmpty, "each sample needs a target")
        let problem = Problem(inputs: inputs, targets: targets, ridge: ridge)
        var weights = Array(repeating: 0.0, count: (inputs.first?.count ?? 0) + 1)
        // Starting from the prior saves steps, as in Platt's method.
        let share = targets.reduce(0, +) / Double(targets.count)
        guard share > 0, share < 1 else { throw .calibrationFailed("both outcomes are needed") }
        weights[0] = ProbabilityCalibration.logOdds(share)
        for _ in 0..<200 {
            let (gradient, hessian) = problem.derivatives(weights)
            guard let step = SymmetricSolve.solve(hessian, gradient) else {
                throw .calibrationFailed(
                    "the inputs separate the two kinds, or one of them is a linear function of "
                        + "others")
            }
            // Newton's decrement: twice the remaining decrease of the cost.
            let decrement = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
            weights = problem.descend(weights, step: step, decrement: decrement)
            if decrement <= 1e-22 * Double(targets.count) {
                self.weights = weights
                return
            }
        }
        throw .calibrationFailed("the weights do not converge: the inputs almost separate the two kinds")
    }

    private struct Problem {
        let inputs: [[Double]]
        let targets: [Double]
        let ridge: Double

        private func logOdds(_ weights: [Double], _ row: [Double]) -> Double {
            var sum = weights[0]
            for index in row.indices { sum += weights[index + 1] * row[index] }
            return sum
        }

        func cost(_ weights: [Double]) -> Double {
            var cost = weights.dropFirst().reduce(0) { $0 + $1 * $1 } * ridge / 2
            for (row, target) in zip(inputs, targets) {
                let odds = logOdds(weights, row)
                // ln(1 + e^z) − t z, without overflow.
                cost += max(odds, 0) + log1p(exp(-abs(odds))) - target * odds
            }
            return cost
        }

        func derivatives(_ weights: [Double]) -> (gradient: [Double], hessian: [[Double]]) {
            let count = weights.count
            var gradient = weights.map { $0 * ridge }
            gradient[0] = 0
            var hessian = Array(repeating: Array(repeating: 0.0, count: count), count: count)
            for index in 1..<count { hessian[index][index] = ridge }
            for (row, target) in zip(inputs, targets) {
                let probability = ProbabilityCalibration.sigmoid(logOdds(weights, row))
                let error = probability - target, curvature = probability * (1 - probability)
                gradient[0] += error
                hessian[0][0] += curvature
                for first in row.indices {
                    gradient[first + 1] += error * row[first]
                    let scaled = curvature * row[first]
                    hessian[first + 1][0] += scaled
                    for second in 0...first { hessian[first + 1][second + 1] += scaled * row[second] }
                }
            }
            return (gradient, hessian)
        }

        /// Returns the weights after the part of the step that decreases the cost enough.
        func descend(_ weights: [Double], step: [Double], decrement: Double) -> [Double] {
            let now = cost(weights)
            var length = 1.0
            while length > 1e-10 {
                let next = zip(weights, step).map { $0 - length * $1 }
                // Near the end, the decrease is smaller than the precision of the cost; then the whole step is taken.
                if cost(next) <= now - 1e-4 * length * decrement + 1e-12 * abs(now) { return next }
                length /= 2
            }
            return weights
        }
    }
}
