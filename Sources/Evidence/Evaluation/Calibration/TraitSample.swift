public import Faces
import LikenessSupport

/// Comparisons for calibration, drawn trait by trait: of two plain faces, and of faces with one ``/Faces/PairTrait`` in
/// each range of strengths.
///
/// Photographs and altered copies are in one pool: a face's cell depends only on its measured conditions, whatever
/// caused them. Faces with several traits are left out, because they belong to no cell. A picture is never compared
/// with a copy of itself.
public struct TraitSample: Sendable {
    /// A comparison.
    public struct Pair: Sendable {
        /// The cosine similarity, −1...1.
        public let similarity: Float
        /// The person in the first picture.
        public let first: Int32
        /// The person in the second picture.
        public let second: Int32
        /// The indices of the two faces in the list that the sample was drawn from.
        let places: (Int32, Int32)
    }

    /// The comparisons of one cell.
    public struct Cell: Sendable {
        /// The kind of trait; `nil` for two plain faces.
        public let kind: PairTrait.Kind?
        /// Whether both faces have the trait.
        public let isShared: Bool
        /// The range of strengths: from `low` to below `high`.
        public let low: Double, high: Double
        /// The impostor comparisons.
        public let impostors: [Pair]
        /// The mated comparisons.
        public let mated: [Pair]
    }

    /// All cells with impostor comparisons; that of two plain faces comes first.
    public let cells: [Cell]
    /// The number of people.
    public let people: Int
    private let contexts: [ContextVector]

    /// Returns the conditions of a comparison in the sample.
    public func conditions(of pair: Pair) -> PairConditions {
        PairConditions(contexts[Int(pair.places.0)], contexts[Int(pair.places.1)])
    }

    /// Draws comparisons.
    ///
    /// - Parameters:
    ///   - pictures: The pictures.
    ///   - impostors: The maximum number of impostor comparisons per cell.
    ///   - mated: The maximum number of mated comparisons per cell.
    ///   - seed: The seed of the drawing.
    /// - Throws: ``EvaluationError/noImpostorPairs``, ``EvaluationError/noMatedPairs`` if two plain faces give none.
    public init(_ pictures: [PairSample.Picture], impostors: Int, mated: Int, seed: UInt64 = 1) throws(EvaluationError)
    {
        var numbers: [String: Int] = [:]
        for picture in pictures where numbers[picture.person] == nil { numbers[picture.person] = numbers.count }
        let drawer = Drawer(
            faces: pictures.map { Drawer.Face($0, person: numbers[$0.person] ?? 0) }, impostors: impostors, mated: mated
        )
        var random = SplitMix64(state: seed)
        let alone = Dictionary(grouping: drawer.faces.indices.filter { drawer.faces[$0].traits.count < 2 }) { place in
            drawer.faces[place].traits.first?.kind
        }
        let plain = alone[nil] ?? []
        var cells = [
            Cell(kind: nil, isShared: false, low: 0, high: 0, drawer.pairs(plain, plain, isOne: true, &random))
        ]
        guard !cells[0].impostors.isEmpty else { throw .noImpostorPairs }
        guard !cells[0].mated.isEmpty else { throw .noMatedPairs }
        for kind in PairTrait.Kind.allCases {
            let members = alone[kind] ?? [], edges = kind.edges
            guard !members.isEmpty else { continue }
            let ranges = members.map { kind.range(of: drawer.faces[$0].traits[0].strength) }
            for range in 0..<edges.count - 1 {
                let own = zip(members, ranges).filter { $0.1 == range }.map(\.0)
                if kind != .child {
                    let pairs = drawer.pairs(own, plain, isOne: false, &random)
                    cells.append(Cell(kind: kind, isShared: false, low: edges[range], high: edges[range + 1], pairs))
                }
                // The range of a pair is the range of the face with the weaker trait; the other face has the trait at
                // least as strongly.
                let others = zip(members, ranges).filter { kind.isStrongerWhenLower ? $0.1 < range : $0.1 > range }.map(
                    \.0)
                let pairs = drawer.pairs(own, own, isOne: true, &random).joined(
                    with: drawer.pairs(own, others, isOne: false, &random), atMost: (impostors, mated))
                cells.append(Cell(kind: kind, isShared: true, low: edges[range], high: edges[range + 1], pairs))
            }
        }
        self.cells = cells.filter { !$0.impostors.isEmpty }
        people = numbers.count
        contexts = pictures.map(\.face.context)
    }
}

extension TraitSample.Cell {
    fileprivate init(kind: PairTrait.Kind?, isShared: Bool, low: Double, high: Double, _ pairs: Drawn) {
        self.init(kind: kind, isShared: isShared, low: low, high: high, impostors: pairs.impostors, mated: pairs.mated)
    }
}

/// The drawn comparisons.
private struct Drawn {
    var impostors: [TraitSample.Pair] = []
    var mated: [TraitSample.Pair] = []

    /// Returns both together, in equal shares if there are more than the limit.
    func joined(with other: Drawn, atMost limit: (impostors: Int, mated: Int)) -> Drawn {
        func joined(_ a: [TraitSample.Pair], _ b: [TraitSample.Pair], _ most: Int) -> [TraitSample.Pair] {
            guard a.count + b.count > most else { return a + b }
            let own = max(most - b.count, min(a.count, most / 2))
            return Array(a.prefix(own)) + b.prefix(most - min(own, a.count))
        }
        return Drawn(
            impostors: joined(impostors, other.impostors, limit.impostors),
            mated: joined(mated, other.mated, limit.mated))
    }
}

/// Draws comparisons between faces.
private struct Drawer {
    struct Face {
        let person: Int
        let source: Int
        let values: [Float]
        let traits: [PairTrait]

        init(_ picture: PairSample.Picture, person: Int) {
            self.person = person
            source = picture.source
            values = picture.face.embedding.values
            traits = PairConditions(picture.face.context, picture.face.context).traits
        }
    }

    let faces: [Face]
    let impostors: Int
    let mated: Int

    /// Returns comparisons of each of `first` with each of `second`, or of every two of `first`.
    func pairs(_ first: [Int], _ second: [Int], isOne: Bool, _ random: inout SplitMix64) -> Drawn {
        var drawn = Drawn()
        guard !first.isEmpty, !second.isEmpty else { return drawn }
        let all = isOne ? first.count * (first.count - 1) / 2 : first.count * second.count
        if all <= impostors {
            for (place, a) in first.enumerated() {
                for b in isOne ? first[(place + 1)...] : second[...] where faces[a].person != faces[b].person {
                    drawn.impostors.append(pair(a, b))
                }
            }
        } else {
            // Some of the draws are of one person. If nearly all are, no impostor pairs can be drawn.
            for _ in 0..<2 * impostors where drawn.impostors.count < impostors {
                let a = first[Int.random(in: first.indices, using: &random)]
                let b = second[Int.random(in: second.indices, using: &random)]
                if faces[a].person != faces[b].person { drawn.impostors.append(pair(a, b)) }
            }
        }
        let others = Dictionary(grouping: second) { faces[$0].person }
        var same: [(Int, Int)] = []
        for a in first {
            for b in others[faces[a].person] ?? [] where faces[a].source != faces[b].source && (!isOne || a < b) {
                same.append((a, b))
            }
        }
        same.shuffle(using: &random)
        drawn.mated = same.prefix(mated).map { pair($0.0, $0.1) }
        return drawn
    }

    private func pair(_ a: Int, _ b: Int) -> TraitSample.Pair {
        TraitSample.Pair(
            similarity: InnerProduct.of(faces[a].values, faces[b].values), first: Int32(faces[a].person),
            second: Int32(faces[b].person), places: (Int32(a), Int32(b)))
    }
}

/// The cosine of unit vectors.
enum InnerProduct {
    /// Returns the inner product, clamped to −1...1.
    static func of(_ a: [Float], _ b: [Float]) -> Float {
        let sum = a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var sums = SIMD8<Float>.zero
                var index = 0
                let count = min(a.count, b.count)
                while index + 8 <= count {
                    var x = SIMD8<Float>.zero, y = SIMD8<Float>.zero
                    for lane in 0..<8 { (x[lane], y[lane]) = (a[index + lane], b[index + lane]) }
                    sums += x * y
                    index += 8
                }
                var rest: Float = 0
                while index < count {
                    rest += a[index] * b[index]
                    index += 1
                }
                return sums.sum() + rest
            }
        }
        return min(max(sum, -1), 1)
    }
}
