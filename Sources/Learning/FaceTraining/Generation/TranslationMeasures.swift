import Evaluation
import Tensors

/// Measures of generated pictures: closeness to the real pictures, preservation of identity, and realism of the whole
/// set.
struct TranslationMeasures {
    private var faces: [HeldOutMeasures.Face] = []
    private var pixels: [Float] = []
    private var inputs: [Tensor] = []
    private var made: [Tensor] = []
    private var targets: [Tensor] = []

    /// Adds the measurements of a batch.
    ///
    /// - Parameters:
    ///   - pixels: The mean differences from the real pictures, on a scale of 2.
    ///   - input: FaceNet-128's embeddings of the generator's inputs, `[batch, 128]`, of length 1.
    ///   - made: FaceNet-128's embeddings of the generated pictures.
    ///   - target: FaceNet-128's embeddings of the targets.
    mutating func append(
        faces: [HeldOutMeasures.Face], pixels: [Float], input: Tensor, made: Tensor, target: Tensor
    ) {
        self.faces += faces
        self.pixels += pixels
        inputs.append(input)
        self.made.append(made)
        targets.append(target)
    }

    /// Returns the measures by name.
    ///
    /// - `pixels`: the mean difference, on a scale of 2; smaller is better.
    /// - `identity`: the mean cosine of the embeddings of generated and real pictures; `identityBefore` is that of the
    ///   inputs.
    /// - `frechet`: the squared Fréchet distance between the embeddings of generated and real pictures; `frechetBefore`
    ///   is that of the inputs.
    /// - `FNMR`, `FMR`: the error rates of generated pictures against bare ones of other photographs, at the threshold
    ///   of bare faces for FMR 1e-3. `FNMRBefore` is that of the masked pictures: of the inputs if masks are taken off,
    ///   of the targets with drawn masks if masks are put on.
    ///
    /// - Parameter probesAreInputs: Whether masks are taken off.
    func figures(probesAreInputs: Bool) throws -> [String: Double] {
        let inputs = Tensor.concatenated(inputs, axis: 0), made = Tensor.concatenated(made, axis: 0)
        let targets = Tensor.concatenated(targets, axis: 0)
        let (bare, masked) = probesAreInputs ? (targets, inputs) : (inputs, targets)
        let generated = HeldOutMeasures.measures(bare: (bare, faces), masked: (made, faces))
        let before = HeldOutMeasures.measures(bare: (bare, faces), masked: (masked, faces))
        var figures = [
            "pixels": Double(pixels.reduce(0, +)) / Double(max(pixels.count, 1)),
            "identity": Self.cosine(made, targets), "identityBefore": Self.cosine(inputs, targets),
            "frechet": try FrechetDistance.squared(Self.rows(made), Self.rows(targets)),
            "frechetBefore": try FrechetDistance.squared(Self.rows(inputs), Self.rows(targets)),
        ]
        figures["FNMR"] = generated["maskedFNMR"]
        figures["FMR"] = generated["maskedFMR"]
        figures["FNMRBefore"] = before["maskedFNMR"]
        return figures
    }

    private static func cosine(_ a: Tensor, _ b: Tensor) -> Double { Double((a * b).sum(1).mean(0).scalar) }

    private static func rows(_ x: Tensor) -> [[Float]] {
        let width = x.shape[1], values = x.floats
        return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    }
}
