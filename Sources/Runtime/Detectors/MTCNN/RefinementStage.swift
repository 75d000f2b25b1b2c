import Dispatch
import Inference
import Pixels

/// R-Net and O-Net: decide whether a square contains a face, and refine its box.
struct RefinementStage: Sendable {
    let networks: ShapedNetworks
    /// The side of the network's input squares.
    let side: Int
    let threshold: Float
    /// The number of squares in one run.
    let batch: Int
    /// The largest number of squares of a picture that are processed.
    let mostCandidates: Int

    /// Returns the candidates that reach the threshold, with the network's confidence and offsets.
    func refine(_ candidates: [Candidate], in picture: IntegralImage) throws -> [Candidate] {
        let squares = candidates.sound(atMost: mostCandidates).compactMap { candidate in
            candidate.part(ofWidth: picture.width, height: picture.height).map { (candidate, $0) }
        }
        return try stride(from: 0, to: squares.count, by: batch).flatMap { start in
            try run(squares[start..<min(start + batch, squares.count)], in: picture)
        }
    }

    private func run(
        _ squares: ArraySlice<(Candidate, IntegralImage.Part)>, in picture: IntegralImage
    ) throws -> [Candidate] {
        let shape = [batch, 3, side, side], plane = side * side
        return try networks.network(for: shape).run(shape: shape) { buffer in
            guard let start = buffer.baseAddress else { return }
            // Shared without a lock: each square is written to a separate part.
            nonisolated(unsafe) let input = start
            DispatchQueue.concurrentPerform(iterations: squares.count) { index in
                let target = IntegralImage.Target(start: input + index * 3 * plane, stride: side, plane: plane)
                picture.resize(squares[squares.startIndex + index].1, width: side, height: side, into: target)
            }
            // The rest of the batch is computed and ignored, but must hold numbers.
            buffer[(squares.count * 3 * plane)...].update(repeating: 0)
        } read: { outputs in
            try read(outputs, of: squares.map(\.0))
        }
    }

    private func read(_ outputs: NetworkOutputs, of candidates: [Candidate]) throws -> [Candidate] {
        let probability = try outputs.numbers("probability", count: batch * 2)
        let regression = try outputs.numbers("regression", count: batch * 4)
        let points = side == 48 ? try outputs.numbers("landmarks", count: batch * 10) : nil
        return candidates.enumerated().compactMap { index, candidate in
            let confidence = probability[index * 2 + 1]
            guard confidence > threshold else { return nil }
            var result = candidate
            result.confidence = confidence
            result.regression = (
                regression[index * 4], regression[index * 4 + 1], regression[index * 4 + 2],
                regression[index * 4 + 3]
            )
            if let points { result.landmarks = landmarks(of: candidate, points: points, at: index * 10) }
            return result
        }
    }

    /// Returns the landmarks: five x, then five y, as parts of the box.
    private func landmarks(of candidate: Candidate, points: UnsafeBufferPointer<Float>, at start: Int) -> [Point] {
        let width = candidate.x2 - candidate.x1 + 1, height = candidate.y2 - candidate.y1 + 1
        return (0..<5).map { index in
            Point(
                x: points[start + index] * width + candidate.x1 - 1,
                y: points[start + index + 5] * height + candidate.y1 - 1)
        }
    }
}
