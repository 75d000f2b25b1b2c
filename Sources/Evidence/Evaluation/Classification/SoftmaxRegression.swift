import Foundation

/// A softmax regression: the probability of each class as the softmax of linear functions of an input.
///
/// FFSSA-GAN (Ghani et al., 2024), Karamizadeh et al. (2025) and DS-AEAN (2025) use this classifier as the network's
/// last layer; here it is applied to embeddings.
///
/// It is fitted by maximum likelihood with a ridge: the cost is Σ −ln p + ridge / 2 · Σ w², intercepts excluded, as in
/// scikit-learn's `LogisticRegression` with C = 1 / ridge. The cost has one minimum, found by L-BFGS (Nocedal,
/// *Updating quasi-Newton matrices with limited storage*, 1980). The work items do not depend on the number of
/// processors: equal inputs give equal weights.
public struct SoftmaxRegression: Sendable {
    /// The number of classes.
    public let classes: Int
    /// The number of values in an input.
    public let dimension: Int
    /// The number of steps of the fit.
    public let steps: Int
    /// The weights of four classes at a time, for each value of an input and then the intercept.
    private let weights: [SIMD4<Double>]

    /// Fits a classifier.
    ///
    /// - Parameters:
    ///   - inputs: A vector for each sample, all of the same length.
    ///   - labels: The class of each sample, 0..<`classes`; every class has a sample.
    ///   - classes: The number of classes, two or more.
    ///   - ridge: The factor of half the squared weights in the cost; positive. With a larger ridge, predictions depend
    ///     less on the inputs and more on the class frequencies.
    ///   - start: A fit to the same classes to start from, such as one with another ridge.
    ///   - tolerance: The gradient at which the fit ends, as a share of its length if all weights are 0.
    ///   - workers: The number of processors to use; all of them if `nil`.
    /// - Throws: ``EvaluationError/calibrationFailed(_:)`` if the fit does not converge within 2000 steps;
    ///   `CancellationError` if the task is canceled.
    public init(
        inputs: [[Float]], labels: [Int], classes: Int, ridge: Double, start: SoftmaxRegression? = nil,
        tolerance: Double = 1e-4, workers: Int? = nil
    ) async throws {
        precondition(inputs.count == labels.count && !inputs.isEmpty, "each sample needs a class")
        precondition(classes > 1 && Set(labels) == Set(0..<classes), "each class needs a sample")
        precondition(ridge > 0 && tolerance > 0, "the ridge and the tolerance must be positive")
        let problem = SoftmaxProblem(inputs: inputs, labels: labels, classes: classes, ridge: ridge)
        precondition(
            start.map { $0.weights.count == problem.size } ?? true,
            "the start must have the same classes and "
                + "inputs")
        let zero = Array(repeating: SIMD4<Double>(), count: problem.size)
        let reference = try await problem.evaluated(at: zero, workers: workers).gradient
        let minimum = try await QuasiNewton.minimum(
            from: start?.weights ?? zero, gradientBelow: tolerance * QuasiNewton.length(reference), steps: 2000
        ) { try await problem.evaluated(at: $0, workers: workers) }
        guard let minimum else {
            throw EvaluationError.calibrationFailed("the classifier does not converge: use a larger ridge")
        }
        (weights, steps) = minimum
        self.classes = classes
        dimension = problem.dimension
    }

    /// Returns the logarithm of each class's probability for each input: a row for each input, a value for each class.
    public func logProbabilities(of inputs: [[Float]]) -> [[Double]] {
        let panels = SoftmaxPanels(classes: classes, dimension: dimension)
        return inputs.map { input in
            precondition(input.count == dimension, "all inputs must have the same length")
            var scores = Array(repeating: SIMD4<Double>(), count: panels.count)
            let row = input.map(Double.init) + [1]
            panels.scores(of: row, rows: 1, weights: weights, into: &scores)
            let odds = (0..<classes).map { scores[$0 / 4][$0 % 4] }
            let largest = odds.max() ?? 0
            let normalizer = largest + log(odds.reduce(0) { $0 + exp($1 - largest) })
            return odds.map { $0 - normalizer }
        }
    }
}

/// The memory layout of class weights: panels of four classes, in each the values of an input one after the other.
struct SoftmaxPanels: Sendable {
    let classes: Int
    /// The number of values of an input, plus 1 for the intercept.
    let width: Int
    /// The number of panels.
    var count: Int { (classes + 3) / 4 }

    init(classes: Int, dimension: Int) { (self.classes, width) = (classes, dimension + 1) }

    /// Computes the inner products of `rows` inputs with the weights: for each input, one panel after the other.
    func scores(
        of inputs: [Double], rows: Int, weights: [SIMD4<Double>], into scores: inout [SIMD4<Double>]
    ) {
        inputs.withUnsafeBufferPointer { inputs in
            weights.withUnsafeBufferPointer { weights in
                scores.withUnsafeMutableBufferPointer { scores in
                    guard let inputs = inputs.baseAddress, let weights = weights.baseAddress else { return }
                    fill(scores, rows: rows, inputs: inputs, weights: weights)
                }
            }
        }
    }

    /// Processes four inputs at a time, so that each weight is read once for them.
    private func fill(
        _ scores: UnsafeMutableBufferPointer<SIMD4<Double>>, rows: Int, inputs: UnsafePointer<Double>,
        weights: UnsafePointer<SIMD4<Double>>
    ) {
        for panel in 0..<count {
            let weights = weights + panel * width
            var row = 0
            while row + 4 <= rows {
                let first = inputs + row * width
                var (a, b, c, d) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
                for index in 0..<width {
                    let weight = weights[index]
                    a += weight * first[index]
                    b += weight * first[index + width]
                    c += weight * first[index + 2 * width]
                    d += weight * first[index + 3 * width]
                }
                scores[row * count + panel] = a
                scores[(row + 1) * count + panel] = b
                scores[(row + 2) * count + panel] = c
                scores[(row + 3) * count + panel] = d
                row += 4
            }
            while row < rows {
                let input = inputs + row * width
                var sum = SIMD4<Double>()
                for index in 0..<width { sum += weights[index] * input[index] }
                scores[row * count + panel] = sum
                row += 1
            }
        }
    }

    /// Adds the products of `rows` inputs with their residuals to the gradient.
    func add(
        _ residuals: [SIMD4<Double>], of inputs: [Double], rows: Int, to gradient: inout [SIMD4<Double>]
    ) {
        inputs.withUnsafeBufferPointer { inputs in
            residuals.withUnsafeBufferPointer { residuals in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    guard let inputs = inputs.baseAddress, let gradient = gradient.baseAddress else { return }
                    add(residuals, rows: rows, inputs: inputs, gradient: gradient)
                }
            }
        }
    }

    private func add(
        _ residuals: UnsafeBufferPointer<SIMD4<Double>>, rows: Int, inputs: UnsafePointer<Double>,
        gradient: UnsafeMutablePointer<SIMD4<Double>>
    ) {
        for panel in 0..<count {
            let sums = gradient + panel * width
            var row = 0
            while row + 4 <= rows {
                let first = inputs + row * width
                let (a, b) = (residuals[row * count + panel], residuals[(row + 1) * count + panel])
                let (c, d) = (residuals[(row + 2) * count + panel], residuals[(row + 3) * count + panel])
                for index in 0..<width {
                    let early = a * first[index] + b * first[index + width]
                    let late = c * first[index + 2 * width] + d * first[index + 3 * width]
                    sums[index] += early + late
                }
                row += 4
            }
            while row < rows {
                let input = inputs + row * width
                let residual = residuals[row * count + panel]
                for index in 0..<width { sums[index] += residual * input[index] }
                row += 1
            }
        }
    }
}
