/// The source pixels, and their weights, that make up each target pixel along one axis.
struct ResamplingAxis {
    /// The neighboring source pixels of one target pixel.
    struct Run {
        /// The index of the first source pixel.
        let start: Int
        /// The range of their weights, one each.
        let weights: Range<Int>
    }

    /// The runs, one for each target pixel.
    private(set) var runs: [Run] = []
    /// The weights of all runs in order.
    ///
    /// A run's weights sum to 1, and all but the first and last are equal.
    private(set) var weights: [Float] = []

    init(from source: Int, to target: Int, method: ResizeMethod) {
        for index in 0..<target {
            switch method {
            case .area where target <= source: appendArea(index, from: source, to: target)
            case .adaptiveAverage: appendAverage(index, from: source, to: target)
            case .area, .bilinear: appendBilinear(index, from: source, to: target)
            }
        }
    }

    /// Creates the weights for area resampling: the share of each of `target` equal cells that each of `source` equal
    /// pixels covers.
    init(covering source: Int, by target: Int) {
        for index in 0..<target { appendArea(index, from: source, to: target) }
    }

    /// Calls `body` with every source index of a target pixel and its weight.
    func forEachTap(of index: Int, _ body: (Int, Float) -> Void) {
        let run = runs[index]
        for tap in run.weights { body(run.start + tap - run.weights.lowerBound, weights[tap]) }
    }

    /// Calls `body` with the runs and the weights in memory.
    func withRuns(_ body: (UnsafeBufferPointer<Run>, UnsafeBufferPointer<Float>) -> Void) {
        runs.withUnsafeBufferPointer { runs in weights.withUnsafeBufferPointer { body(runs, $0) } }
    }

    private mutating func append(_ start: Int, _ run: [Float]) {
        runs.append(Run(start: start, weights: weights.count..<weights.count + run.count))
        weights += run
    }

    private mutating func appendBilinear(_ index: Int, from source: Int, to target: Int) {
        let scale = Double(source) / Double(target)
        let place = (Double(index) + 0.5) * scale - 0.5
        let left = Int(place.rounded(.down))
        let fraction = Float(place - Double(left))
        if left < 0 || fraction == 0 {
            append(max(left, 0), [1])
        } else if left >= source - 1 {
            append(source - 1, [1])
        } else {
            append(left, [1 - fraction, fraction])
        }
    }

    private mutating func appendArea(_ index: Int, from source: Int, to target: Int) {
        // In units of 1 / target of a source pixel, every border is an integer.
        let low = index * source, high = low + source
        let first = low / target, last = (high - 1) / target
        append(
            first,
            (first...last).map { pixel in
                let covered = min(high, (pixel + 1) * target) - max(low, pixel * target)
                return Float(covered) / Float(source)
            })
    }

    private mutating func appendAverage(_ index: Int, from source: Int, to target: Int) {
        let first = index * source / target
        let end = ((index + 1) * source + target - 1) / target
        append(first, [Float](repeating: 1 / Float(end - first), count: end - first))
    }
}
