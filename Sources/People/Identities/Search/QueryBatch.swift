import CVectorSearch

/// One query, or up to eight that share a pass over memory, in the layout of the kernels.
struct QueryBatch {
    /// The maximum number of queries in a pass.
    static let capacity = Int(CVS_BATCH)

    /// The index of the first query among all.
    let first: Int
    /// The number of queries.
    let count: Int
    /// The error bound of each query's scores.
    let bounds: [ScoreBound]
    private let lanes: Int
    private let stride: Int
    private let scan: VectorScan
    private var floats: [Float] = []
    private var bytes: [Int8] = []
    private var offsets: [Int32] = []
    private let productScale: Float

    init(_ queries: ArraySlice<[Float]>, stride: Int, scan: VectorScan, _ quantization: Quantization) {
        first = queries.startIndex
        count = queries.count
        lanes = queries.count == 1 ? 1 : Self.capacity
        self.stride = stride
        self.scan = scan
        productScale = quantization.productScale
        switch scan {
        case .float:
            bounds = queries.map { ScoreBound(floatsOf: $0.count) }
            floats = [Float](repeating: 0, count: stride * lanes)
            for (lane, query) in queries.enumerated() {
                for (dimension, value) in query.enumerated() { floats[dimension * lanes + lane] = value }
            }
        case .int8:
            bounds = queries.map { ScoreBound(bytesOf: $0.count, queryLoss: quantization.loss(of: $0)) }
            bytes = [Int8](repeating: 0, count: stride * lanes)
            offsets = [Int32](repeating: 0, count: lanes)
            for (lane, query) in queries.enumerated() {
                for (dimension, value) in query.enumerated() {
                    let byte = quantization.byte(value)
                    bytes[(dimension / 4 * lanes + lane) * 4 + dimension % 4] = byte
                    offsets[lane] += 128 * Int32(byte)
                }
            }
        }
    }

    /// Scores `blocks` of `segment`.
    ///
    /// Query j's scores begin at `j * rows` of `scores`.
    func score(
        _ segment: VectorSegment, _ blocks: Range<Int>, _ kernel: VectorKernel,
        into scores: UnsafeMutablePointer<Float>,
        rows: Int
    ) {
        let start = blocks.lowerBound * VectorSegment.blockRows * stride
        switch scan {
        case .float:
            let numbers = segment.floats + start
            if lanes == 1 {
                cvs_score_float(kernel.code, numbers, blocks.count, stride, floats, scores)
            } else {
                cvs_score_float_batch(kernel.code, numbers, blocks.count, stride, floats, scores, rows)
            }
        case .int8:
            let numbers = segment.bytes + start
            bytes.withUnsafeBufferPointer { bytes in
                offsets.withUnsafeBufferPointer { offsets in
                    let query = cvs_int8_query(
                        numbers: bytes.baseAddress, offsets: offsets.baseAddress, scale: productScale)
                    if lanes == 1 {
                        cvs_score_int8(kernel.code, numbers, blocks.count, stride, query, scores)
                    } else {
                        cvs_score_int8_batch(kernel.code, numbers, blocks.count, stride, query, scores, rows)
                    }
                }
            }
        }
    }
}

/// The greatest difference between a kernel's score and the similarity: `fixed + perLoss · (the row's quantization
/// error)`.
///
/// With x the query, y the row and x̂, ŷ their quantized vectors, x·y − x̂·ŷ = (x − x̂)·y + x̂·(y − ŷ), so its
/// magnitude is at most ‖x − x̂‖ · ‖y‖ + ‖x̂‖ · ‖y − ŷ‖ (Cauchy–Schwarz), and ‖x̂‖ ≤ ‖x‖ + ‖x − x̂‖.
struct ScoreBound {
    let fixed: Float
    let perLoss: Float

    /// Returns the rounding error of a float sum of n products of unit vectors: about n times half the last place.
    private static func rounding(_ dimension: Int) -> Float { Float(dimension) * 1.2e-7 + 1e-6 }

    /// The allowance for lengths that differ from 1, and for rounded losses.
    private static let allowance: Float = 1.0003

    init(floatsOf dimension: Int) {
        fixed = Self.rounding(dimension)
        perLoss = 0
    }

    init(bytesOf dimension: Int, queryLoss: Float) {
        fixed = queryLoss * Self.allowance + Self.rounding(dimension)
        perLoss = (1 + queryLoss) * Self.allowance
    }
}
