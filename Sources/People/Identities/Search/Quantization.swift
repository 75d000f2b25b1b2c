import CVectorSearch

/// Unit vectors in bytes: each number times a fixed scale, rounded half away from zero, kept within ±127.
///
/// The scale is 32.5 · √dimension (368 for 128 numbers), at which 3.9 standard deviations of a random unit vector's
/// numbers fit. It is fixed, so that rows need no scale of their own and integer products compare directly. What a
/// vector loses is measured when it is quantized; that makes the bound of a search with bytes.
struct Quantization {
    let scale: Float

    init(dimension: Int) {
        scale = 32.5 * Float(dimension).squareRoot()
    }

    /// What an integer product is multiplied by to give a similarity.
    var productScale: Float { 1 / (scale * scale) }

    func byte(_ value: Float) -> Int8 { cvs_quantized(value, scale) }

    /// Returns the length of what quantization takes from `values`: ‖x − x̂‖.
    func loss(of values: [Float]) -> Float {
        var squared: Float = 0
        for value in values {
            let lost = value - Float(byte(value)) / scale
            squared += lost * lost
        }
        return squared.squareRoot()
    }
}
