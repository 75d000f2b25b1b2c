public import Faces
import LikenessSupport
public import Pixels

/// The share of marked faces that a detector finds, depending on the number of false boxes.
///
/// Boxes are assigned to marked faces in the order of their confidence. A box finds a face if their intersection over
/// union is at least ``overlap`` and the face isn't found yet; every other box is false.
public struct MarkedFaceFigures: Sendable, Hashable {
    /// The intersection over union from which a box finds a face.
    public static let overlap: Float = 0.4

    /// A recall with its interval.
    public struct Recall: Sendable, Hashable {
        /// The number of marked faces.
        public let faces: Int
        /// The number of those that were found.
        public let found: Int
        /// The interval of the share, from a bootstrap over pictures with a coverage of 95 %.
        public let low, high: Double

        /// The share of the faces that were found; 0 if there are none.
        public var share: Double { faces > 0 ? Double(found) / Double(faces) : 0 }
    }

    /// The figures at one number of false boxes.
    public struct Point: Sendable, Hashable {
        /// The highest accepted number of false boxes per picture; `nil` for all boxes.
        public let allowed: Double?
        /// The actual number of false boxes per picture.
        public let falsePerPicture: Double
        /// The recall.
        public let recall: Recall
    }

    private struct Picture: Hashable {
        /// The size of each marked face, and the confidence of the box that finds it; `nil` if none does.
        var faces: [(size: Float, confidence: Float?)]
        var falseConfidences: [Float]

        static func == (a: Picture, b: Picture) -> Bool {
            a.falseConfidences == b.falseConfidences && a.faces.map(\.size) == b.faces.map(\.size)
                && a.faces.map(\.confidence) == b.faces.map(\.confidence)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(falseConfidences)
            hasher.combine(faces.map(\.size))
        }
    }

    private var seen: [Picture] = []

    /// Creates figures without pictures.
    public init() {}

    /// The number of pictures.
    public var pictures: Int { seen.count }

    /// Adds a picture.
    ///
    /// - Parameters:
    ///   - marked: The boxes of all its faces.
    ///   - found: The faces that were found.
    public mutating func add(marked: [Box], found: [Face]) {
        var confidences = [Float?](repeating: nil, count: marked.count), falseConfidences: [Float] = []
        for face in found.sorted(by: { $0.confidence > $1.confidence }) {
            let best = marked.indices.filter { confidences[$0] == nil }
                .map { (index: $0, overlap: marked[$0].overlap(with: face.box)) }
                .max { $0.overlap < $1.overlap }
            if let best, best.overlap >= Self.overlap {
                confidences[best.index] = face.confidence
            } else {
                falseConfidences.append(face.confidence)
            }
        }
        seen.append(
            Picture(
                faces: zip(marked, confidences).map { (size: $0.area.squareRoot(), confidence: $1) },
                falseConfidences: falseConfidences))
    }

    /// Returns the figures at the lowest confidence with at most `allowed` false boxes per picture.
    ///
    /// - Parameters:
    ///   - allowed: The highest accepted number of false boxes per picture; `nil` for all boxes.
    ///   - sizes: The sizes of the faces that count: the square roots of their boxes' areas.
    public func point(falsePerPicture allowed: Double?, sizes: Range<Float> = 0..<Float.infinity) -> Point {
        let wrong = seen.flatMap(\.falseConfidences).sorted(by: >)
        let most = allowed.map { Int($0 * Double(seen.count)) } ?? wrong.count
        // Boxes as confident as the first false box too many don't count.
        let limit = most < wrong.count ? wrong[most] : -1
        let accepted = wrong.count { $0 > limit }
        let counts = seen.map { picture in
            let faces = picture.faces.filter { sizes.contains($0.size) }
            return (faces: faces.count, found: faces.count { ($0.confidence ?? -1) > limit })
        }
        return Point(
            allowed: allowed, falsePerPicture: seen.isEmpty ? 0 : Double(accepted) / Double(seen.count),
            recall: Self.recall(of: counts))
    }

    private static func recall(of counts: [(faces: Int, found: Int)]) -> Recall {
        let faces = counts.reduce(0) { $0 + $1.faces }, found = counts.reduce(0) { $0 + $1.found }
        var random = SplitMix64(state: 20), shares: [Double] = []
        for _ in 0..<rounds where faces > 0 {
            var drawn = (faces: 0, found: 0)
            for _ in counts.indices {
                let one = counts[random.index(below: counts.count)]
                drawn = (drawn.faces + one.faces, drawn.found + one.found)
            }
            if drawn.faces > 0 { shares.append(Double(drawn.found) / Double(drawn.faces)) }
        }
        shares.sort()
        guard let first = shares.first, let last = shares.last else {
            return Recall(faces: faces, found: found, low: 0, high: 1)
        }
        let tail = Int(Double(shares.count) * 0.025)
        return Recall(
            faces: faces, found: found, low: tail > 0 ? shares[tail] : first,
            high: tail > 0 ? shares[shares.count - 1 - tail] : last)
    }

    private static let rounds = 1000
}
