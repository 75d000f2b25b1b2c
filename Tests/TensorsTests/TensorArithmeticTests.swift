import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct TensorArithmeticTests {
    let a = vector(1, -2, 4)
    let b = vector(3, 5, -0.5)

    @Test func twoTensors() {
        #expect((a + b).floats == [4, 3, 3.5])
        #expect((a - b).floats == [-2, -7, 4.5])
        #expect((a * b).floats == [3, -10, -2])
        expect(a / b, [3], [1.0 / 3, -0.4, -8])
        #expect((-a).floats == [-1, 2, -4])
        #expect(a.maximum(b).floats == [3, 5, 4])
        #expect(a.minimum(b).floats == [1, -2, -0.5])
    }

    @Test func aTensorAndANumber() {
        #expect((a + 1).floats == [2, -1, 5])
        #expect((a - 1).floats == [0, -3, 3])
        #expect((a * 2).floats == [2, -4, 8] && (2 * a).floats == [2, -4, 8])
        #expect((a / 4).floats == [0.25, -0.5, 1])
        #expect((1 - a).floats == [0, 3, -3])
        #expect(a.pow(3).floats == [1, -8, 64])
        #expect(a.maximum(0).floats == [1, 0, 4] && a.minimum(2).floats == [1, -2, 2])
        #expect(a.clamped(to: -1...3).floats == [1, -1, 3])
    }

    @Test func smallerShapesAreSpread() {
        let rows = Tensor([1, 2, 3, 4], shape: [2, 2])
        expect(rows + vector(10, 20), [2, 2], [11, 22, 13, 24])
        expect(rows * Tensor([2, 3], shape: [2, 1]), [2, 2], [2, 4, 9, 12])
        expect(rows - Tensor([1], shape: []), [2, 2], [0, 1, 2, 3])
    }

    @Test func matrixProducts() {
        let a = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        let b = Tensor([1, 0, 0, 1, 2, 2], shape: [3, 2])
        expect(a.matmul(b), [2, 2], [7, 8, 16, 17])
        let batches = Tensor([1, 2, 3, 4, 10, 20, 30, 40], shape: [2, 2, 2])
        expect(batches.matmul(Tensor([0, 1, 1, 0], shape: [2, 2])), [2, 2, 2], [2, 1, 4, 3, 20, 10, 40, 30])
    }

    @Test func comparisonsGiveTruthValues() {
        let (x, y) = (vector(1, 2, 3), vector(3, 2, 1))
        #expect((x .== y).element == .bool)
        #expect((x .== y).floats == [0, 1, 0] && (x .!= y).floats == [1, 0, 1])
        #expect((x .> y).floats == [0, 0, 1] && (x .< y).floats == [1, 0, 0])
        #expect((x .> 2).floats == [0, 0, 1] && (x .< 2).floats == [1, 0, 0])
        #expect((x .>= 2).floats == [0, 1, 1] && (x .<= 2).floats == [1, 1, 0])
        let (p, q) = (x .> 1, x .< 3)
        #expect((p .& q).floats == [0, 1, 0] && (p .| q).floats == [1, 1, 1] && (!p).floats == [1, 0, 0])
        #expect(p.select(x, y).floats == [3, 2, 3])
        #expect((Tensor([1, 2]) .== Tensor([1, 3])).floats == [1, 0], "labels are compared as integers")
    }

    @Test func functionsOfEachElement() {
        let x = vector(-1, 0, 2)
        #expect(x.magnitude.floats == [1, 0, 2] && x.squared.floats == [1, 0, 4] && relu(x).floats == [0, 0, 2])
        expect(x.exponential, [3], [0.36787944, 1, 7.389056])
        expect(vector(1, 10).logarithm, [2], [0, 2.3025851])
        #expect(vector(0, 9).squareRoot.floats == [0, 3])
        expect(vector(0, .pi).cosine, [2], [1, -1])
        expect(vector(1, 0, -1).arcCosine, [3], [0, .pi / 2, .pi])
        expect(sigmoid(x), [3], [0.26894143, 0.5, 0.880797])
        expect(tanh(x), [3], [-0.7615942, 0, 0.9640276])
        expect(softplus(x), [3], [0.31326166, 0.6931472, 2.126928])
        expect(silu(x), [3], [-0.26894143, 0, 1.761594])
    }

    @Test(
        arguments: [
            ("exponential", { $0.exponential }), ("logarithm", { $0.logarithm }), ("squareRoot", { $0.squareRoot }),
            ("cosine", { $0.cosine }), ("arcCosine", { $0.arcCosine }), ("sigmoid", sigmoid), ("tanh", tanh),
            ("softplus", softplus), ("silu", silu),
        ] as [(String, @Sendable (Tensor) -> Tensor)])
    func asPyTorch(name: String, function: @Sendable (Tensor) -> Tensor) throws {
        let golden = try Golden.layer(name)
        let input = golden.inputs.keys.first ?? ""
        try golden.expect { function(try $0.named(input)) }
    }

    @Test func gradients() {
        let (x, y) = (vector(0.5, -1.2, 2), vector(1.5, 0.7, -0.4))
        expectGradients(of: x, y) { weighted(x + y) }
        expectGradients(of: x, y) { weighted(x - y) }
        expectGradients(of: x, y) { weighted(x * y) }
        expectGradients(of: x, y) { weighted(x / y) }
        expectGradients(of: x, y) { weighted(x.maximum(y)) + weighted(x.minimum(y)) * 2 }
        expectGradients(of: x) { weighted(2 - x * 3) + weighted(x.pow(3)) + weighted(x.clamped(to: -1...1)) }
        expectGradients(of: x) { weighted(x.magnitude) + weighted(x.squared) + weighted(relu(x)) }
        expectGradients(of: x, y) { weighted((x .> 0).select(x * 2, y * 3)) }
        let (m, n) = (drawn(2, 3), drawn(3, 2, seed: 2))
        expectGradients(of: m, n) { weighted(m.matmul(n)) }
    }
}
