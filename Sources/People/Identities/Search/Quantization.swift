import CVectorSearch

/// Quantizes unit vectors to bytes: each value times a fixed scale, rounded half away from zero, clamped to ±127.
///
/// The scale is 32.5 · √dimension (368 for 128 values), at which the range is 3.9 standard deviations of a random unit
/// vector's values. It is fixed, so rows need no scale of their own, and integer products are comparable. The loss is
/// measured when a vector is quantized; it gives the error bound of a search with bytes.
struct Quantization {
    let scale: Float

    init(dimension: Int) {
        scale = 32.5 * Float(dimension).squareRoot()
    }

    /// The factor from an integer product to a similarity.
    var productScale: Float { 1 / (scale * scale) }

    func byte(_ value: Float) -> Int8 { cvs_quantized(value, scale) }

    /// Returns the length of the quantization error of `values`: ‖x − x̂‖.
    func loss(of values: [Float]) -> Float {
        var squared: Float = 0
        for value in values {
            let lost = value - Float(byte(value)) / scale
            squared += lost * lost
        }
        return squared.squareRoot()
    }
}
