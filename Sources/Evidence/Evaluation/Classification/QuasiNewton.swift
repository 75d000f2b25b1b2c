/// Minimizes a smooth, convex function of many variables, using gradients (L-BFGS).
///
/// Nocedal, *Updating quasi-Newton matrices with limited storage*, 1980.
enum QuasiNewton {
    /// The number of steps that the curvature is estimated from.
    private static let memory = 10

    /// Finds the minimum.
    ///
    /// - Parameters:
    ///   - start: The starting point.
    ///   - limit: The length of the gradient at which the search ends.
    ///   - steps: The maximum number of steps.
    ///   - function: Returns the value and the gradient at a point.
    /// - Returns: The minimum; `nil` if the steps do not suffice.
    /// - Throws: Errors of `function`.
    static func minimum(
        from start: [SIMD4<Double>], gradientBelow limit: Double, steps: Int,
        of function: ([SIMD4<Double>]) async throws -> (cost: Double, gradient: [SIMD4<Double>])
    ) async throws -> (place: [SIMD4<Double>], steps: Int)? {
        var place = start, history: [Step] = []
        var (cost, gradient) = try await function(place)
        for step in 0..<steps {
            if length(gradient) <= limit { return (place, step) }
            let direction = descent(gradient, history)
            let slope = product(gradient, direction)
            // Without curvature, the first step is at most 1 long.
            var stride = history.isEmpty ? 1 / max(length(gradient), 1) : 1
            while true {
                let next = sum(place, direction, times: stride)
                let found = try await function(next)
                // Armijo's condition. If it requires a decrease below the precision of the value, the slope decides
                // (Hager and Zhang, *A new conjugate gradient method with guaranteed descent*, 2005).
                let isBlind = -stride * slope < 1e-9 * abs(cost)
                let falls =
                    isBlind
                    ? abs(product(found.gradient, direction)) <= -0.8 * slope
                    : found.cost <= cost + 1e-4 * stride * slope
                if falls {
                    let update = Step(
                        moved: difference(next, place), turned: difference(found.gradient, gradient))
                    if update.curvature > 0 { history = history.suffix(memory - 1) + [update] }
                    (place, cost, gradient) = (next, found.cost, found.gradient)
                    break
                }
                stride /= 2
                if stride < 1e-12 { return (place, step) }
            }
        }
        return nil
    }

    /// A step and the change of the gradient over it.
    private struct Step {
        let moved: [SIMD4<Double>]
        let turned: [SIMD4<Double>]
        /// Their product: positive if the function curves upwards.
        let curvature: Double

        init(moved: [SIMD4<Double>], turned: [SIMD4<Double>]) {
            (self.moved, self.turned) = (moved, turned)
            curvature = product(moved, turned)
        }
    }

    /// Returns the direction: the gradient multiplied by the inverse curvature from the last steps.
    private static func descent(_ gradient: [SIMD4<Double>], _ history: [Step]) -> [SIMD4<Double>] {
        var direction = gradient.map { -$0 }, shares: [Double] = []
        for step in history.reversed() {
            let share = product(step.moved, direction) / step.curvature
            shares.append(share)
            direction = sum(direction, step.turned, times: -share)
        }
        if let last = history.last {
            let scale = last.curvature / product(last.turned, last.turned)
            for index in direction.indices { direction[index] *= scale }
        }
        for (step, share) in zip(history, shares.reversed()) {
            let other = product(step.turned, direction) / step.curvature
            direction = sum(direction, step.moved, times: share - other)
        }
        return direction
    }

    /// Returns the Euclidean length.
    static func length(_ values: [SIMD4<Double>]) -> Double { product(values, values).squareRoot() }

    private static func product(_ first: [SIMD4<Double>], _ second: [SIMD4<Double>]) -> Double {
        var sum = SIMD4<Double>()
        for index in first.indices { sum += first[index] * second[index] }
        return sum.sum()
    }

    private static func sum(
        _ first: [SIMD4<Double>], _ second: [SIMD4<Double>], times factor: Double
    ) -> [SIMD4<Double>] {
        var result = first
        for index in result.indices { result[index] += second[index] * factor }
        return result
    }

    private static func difference(_ first: [SIMD4<Double>], _ second: [SIMD4<Double>]) -> [SIMD4<Double>] {
        sum(first, second, times: -1)
    }
}
