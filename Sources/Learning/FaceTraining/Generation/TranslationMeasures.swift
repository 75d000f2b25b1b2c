import Evaluation
import Tensors

/// How good made pictures are: near the real ones, of the same person, and as a whole like real ones.
struct TranslationMeasures {
    private var faces: [HeldOutMeasures.Face] = []
    private var pixels: [Float] = []
    private var inputs: [Tensor] = []
    private var made: [Tensor] = []
    private var targets: [Tensor] = []

    /// - Parameters:
    ///   - pixels: Mean differences to the real pictures, of 2.
    ///   - input: FaceNet-128's embeddings of what the generator was given, `[batch, 128]`, of length 1.
    ///   - made: Those of what it made.
    ///   - target: Those of what it should have made.
    mutating func append(
        faces: [HeldOutMeasures.Face], pixels: [Float], input: Tensor, made: Tensor, target: Tensor
    ) {
        self.faces += faces
        self.pixels += pixels
        inputs.append(input)
        self.made.append(made)
        targets.append(target)
    }

    /// - `pixels`: mean difference, of 2; smaller is nearer.
    /// - `identity`: mean cosine of the made picture's embedding with the real one's; `identityBefore` that of the input.
    /// - `frechet`: squared Fréchet distance of the made pictures' embeddings from the real ones'; `frechetBefore` that of
    ///   the inputs'.
    /// - `FNMR`, `FMR`: made pictures against bare ones of other photographs, at bare faces' threshold for FMR 1e-3;
    ///   `FNMRBefore` that of the masked pictures themselves where these are the inputs, and of the drawn masks where they
    ///   are what was to be made.
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
