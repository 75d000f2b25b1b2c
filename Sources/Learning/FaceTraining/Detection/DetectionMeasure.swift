import Pixels

/// What a detector found in pictures whose faces are known.
struct DetectionMeasure: Sendable {
    /// A box that a detector found.
    struct Found: Sendable, Hashable {
        var box: Box
        /// The confidence, 0 to 1.
        var score: Float
    }

    /// The least intersection over union of a box with the face that it finds.
    static let leastOverlap: Float = 0.4

    /// The number of pictures.
    private(set) var pictures = 0
    /// The number of faces in the pictures.
    private(set) var faces = 0
    private var verdicts: [(score: Float, isRight: Bool)] = []

    /// Adds a picture. Each face is found by at most one box, the most confident first.
    mutating func add(_ found: [Found], faces known: [Box]) {
        pictures += 1
        faces += known.count
        var left = known
        for one in found.sorted(by: { $0.score > $1.score }) {
            let overlaps = left.map { $0.overlap(with: one.box) }
            let best = overlaps.indices.max { overlaps[$0] < overlaps[$1] }
            let isRight = best.map { overlaps[$0] >= Self.leastOverlap } ?? false
            if isRight, let best { left.remove(at: best) }
            verdicts.append((one.score, isRight))
        }
    }

    /// Returns the share of the faces that are found at the lowest score at which there are at most this many false
    /// boxes a picture; 0 if there are no faces.
    func recall(falseBoxesPerPicture allowed: Double) -> Double {
        guard faces > 0 else { return 0 }
        var (right, wrong) = (0, 0), best = 0
        // Of equal scores, the false boxes count first: a threshold takes all of them.
        for verdict in verdicts.sorted(by: { (-$0.score, $0.isRight ? 1 : 0) < (-$1.score, $1.isRight ? 1 : 0) }) {
            if verdict.isRight { right += 1 } else { wrong += 1 }
            guard Double(wrong) <= allowed * Double(pictures) else { break }
            best = right
        }
        return Double(best) / Double(faces)
    }
}

extension [DetectionMeasure.Found] {
    /// Returns the boxes without those that overlap more confident ones by more than `threshold`.
    func suppressed(threshold: Float) -> Self {
        sorted { $0.score > $1.score }.reduce(into: []) { kept, one in
            if kept.allSatisfy({ $0.box.overlap(with: one.box) <= threshold }) { kept.append(one) }
        }
    }
}
