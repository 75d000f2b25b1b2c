import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct TensorShapeTests {
    /// The numbers 0 to 23.
    let x = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])

    @Test func reshaping() {
        expect(x.reshaped([4, -1]), [4, 6], (0..<24).map(Float.init))
        #expect(x.reshaped([-1]).shape == [24])
        #expect(x.transposed.reshaped([-1]).floats.prefix(4) == [0, 4, 8, 1], "in the order of the shape")
    }

    @Test func permuting() {
        let permuted = x.permuted([2, 0, 1])
        #expect(permuted.shape == [4, 2, 3] && permuted.floats.prefix(6) == [0, 4, 8, 12, 16, 20])
        #expect(x.transposed.shape == [2, 4, 3])
    }

    @Test func stretching() {
        expect(Tensor([1, 2], shape: [2, 1]).expanded(to: [2, 3]), [2, 3], [1, 1, 1, 2, 2, 2])
    }

    @Test func joining() {
        let (a, b) = (Tensor([1, 2], shape: [1, 2]), Tensor([3, 4], shape: [1, 2]))
        expect(.concatenated([a, b, a], axis: 0), [3, 2], [1, 2, 3, 4, 1, 2])
        expect(.concatenated([a, b], axis: -1), [1, 4], [1, 2, 3, 4])
    }

    @Test func parts() {
        expect(x.slice(0, 1..<2), [1, 3, 4], (12..<24).map(Float.init))
        expect(x.slice(-1, 1..<4, step: 2), [2, 3, 2], [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23])
        expect(vector(1, 2, 3).flipped(0), [3], [3, 2, 1])
        expect(Tensor([1, 2, 3, 4], shape: [2, 2]).flipped(-1), [2, 2], [2, 1, 4, 3])
    }

    @Test func choosing() {
        let rows = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
        expect(rows.taking(Tensor([2, 0, 2])), [3, 2], [5, 6, 1, 2, 5, 6])
        expect(rows.taking(Tensor([1]), axis: 1), [3, 1], [2, 4, 6])
        expect(rows.gathered(Tensor([1, 0, 1]).reshaped([3, 1]), axis: 1), [3, 1], [2, 3, 6])
    }

    @Test func gradients() {
        let (x, y) = (drawn(2, 3), drawn(2, 3, seed: 2))
        expectGradients(of: x) {
            weighted(x.reshaped([3, 2])) + weighted(x.permuted([1, 0])) + weighted(x.transposed)
        }
        expectGradients(of: x, y) { weighted(.concatenated([x, y, x], axis: 1)) }
        expectGradients(of: x) { weighted(x.slice(1, 0..<3, step: 2)) + weighted(x.flipped(0)) }
        expectGradients(of: x) { weighted(x.taking(Tensor([1, 1, 0]))) }
        expectGradients(of: x) { weighted(x.gathered(Tensor([2, 0]).reshaped([2, 1]), axis: 1)) }
        let column = drawn(2, 1)
        expectGradients(of: column) { weighted(column.expanded(to: [2, 4])) }
    }
}
