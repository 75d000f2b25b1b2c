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
    private var verdicts: [(score: Float, size: Float?)] = []
    private var sizes: [Float] = []

    /// The least confidence of a face, as in the detector.
    static let usualConfidence: Float = 0.6

    /// Adds a picture. Each face is found by at most one box, the most confident first.
    mutating func add(_ found: [Found], faces known: [Box]) {
        pictures += 1
        faces += known.count
        sizes += known.map(Self.size)
        var left = known
        for one in found.sorted(by: { $0.score > $1.score }) {
            let overlaps = left.map { $0.overlap(with: one.box) }
            let best = overlaps.indices.max { overlaps[$0] < overlaps[$1] }
            let isRight = best.map { overlaps[$0] >= Self.leastOverlap } ?? false
            verdicts.append((one.score, isRight ? best.map { Self.size(left[$0]) } : nil))
            if isRight, let best { left.remove(at: best) }
        }
    }

    /// The size of a face: the square root of its box's area.
    private static func size(_ box: Box) -> Float { box.area.squareRoot() }

    /// Returns the lowest score with at most this many false boxes a picture: of equal scores, the false boxes count
    /// first, because a threshold takes all of them.
    private func lowestScore(falseBoxesPerPicture allowed: Double) -> Float {
        let wrong = verdicts.filter { $0.size == nil }.map(\.score).sorted(by: >)
        let most = Int(allowed * Double(pictures))
        return most < wrong.count ? wrong[most].nextUp : 0
    }

    /// Returns the share of the faces of some sizes that are found at the lowest score at which there are at most this
    /// many false boxes a picture; 0 if there are no faces.
    func recall(falseBoxesPerPicture allowed: Double, sizes: Range<Float> = 0..<Float.infinity) -> Double {
        recall(from: lowestScore(falseBoxesPerPicture: allowed), sizes: sizes)
    }

    /// Returns the share of the faces of some sizes that are found with at least this score; 0 if there are no faces.
    func recall(from score: Float, sizes: Range<Float> = 0..<Float.infinity) -> Double {
        let count = self.sizes.count { sizes.contains($0) }
        guard count > 0 else { return 0 }
        let found = verdicts.count { $0.score >= score && ($0.size.map(sizes.contains) ?? false) }
        return Double(found) / Double(count)
    }

    /// Returns the number of false boxes a picture with at least this score; 0 if there are no pictures.
    func falseBoxes(from score: Float) -> Double {
        pictures > 0 ? Double(verdicts.count { $0.score >= score && $0.size == nil }) / Double(pictures) : 0
    }

    /// The measure's figures by name: recalls at one false box a picture and at a tenth of one, by the faces' size in
    /// pixels, and what is found at the detector's usual confidence.
    var figures: [String: Double] {
        [
            "recall": recall(falseBoxesPerPicture: 1), "recallStrict": recall(falseBoxesPerPicture: 0.1),
            "recallFrom20": recall(falseBoxesPerPicture: 1, sizes: 20..<Float.infinity),
            "recall12To20": recall(falseBoxesPerPicture: 1, sizes: 12..<20),
            "recallBelow12": recall(falseBoxesPerPicture: 1, sizes: 0..<12),
            "found": recall(from: Self.usualConfidence), "falseBoxes": falseBoxes(from: Self.usualConfidence),
        ]
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
