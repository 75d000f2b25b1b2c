import Explanations
import Faces
import Pixels
import Testing

@Suite("Maps of a similarity")
struct ExplainerTests {
    @Test("For an embedder that sees one quarter, the map points there", arguments: ExplanationMethod.allCases)
    func quarter(method: ExplanationMethod) async throws {
        let embedder = try WindowEmbedder(upperLeft)
        for fill in HidingFill.allCases {
            let face = try aligned(blocks(1))
            let other = try await embedder.embeddings(of: [face])[0]
            let map = try await Explainer(embedder, method: method, fill: fill).map(
                of: HidableFace(face), against: other)
            #expect(abs(map.similarity - 1) < 1e-5)
            let inside = (0..<CellMap.count).filter { $0 % 16 < 8 && $0 / 16 < 8 }
            let support = map.cells.values.map { max($0, 0) }
            let share = inside.reduce(0) { $0 + support[$1] } / support.reduce(0, +)
            // A quarter by chance.
            #expect(share > (method == .patches ? 0.8 : 0.5), "\(method) \(fill): \(share)")
            let top = map.cells.largest(32, of: Array(0..<CellMap.count))
            let hits = top.cells.count { inside.contains($0) }
            // 8 of 32 by chance.
            #expect(hits >= (method == .patches ? 32 : 20), "\(method) \(fill): \(hits)")
            if method == .patches {
                for cell in 0..<CellMap.count where cell % 16 >= 10 || cell / 16 >= 10 {
                    #expect(abs(map.cells.values[cell]) < 1e-6, "no patch over it reaches the quarter")
                }
            }
        }
    }

    @Test("Differing parts have negative values, equal parts positive ones")
    func signs() async throws {
        let embedder = try WindowEmbedder(upperLeft, lowerRight)
        var half = blocks(2)
        for y in 32..<64 {
            for x in 32..<64 {
                for channel in 0..<3 {
                    let place = (y * 64 + x) * 3 + channel
                    half.pixels[place] = 255 - half.pixels[place]
                }
            }
        }
        let other = try await embedder.embeddings(of: [try aligned(half)])[0]
        let map = try await Explainer(embedder, fill: .mean).map(
            of: HidableFace(try aligned(blocks(2))), against: other)
        func sum(_ rows: Range<Int>) -> Float {
            rows.reduce(0) { sum, row in rows.reduce(sum) { $0 + map.cells.rows[row][$1] } }
        }
        #expect(sum(0..<7) > 0)
        #expect(sum(10..<16) < 0)
        #expect(map.shares.contains { $0.objection > 0 })
    }

    @Test("A face compared with itself has no negative values; equal inputs give equal maps")
    func identical() async throws {
        let embedder = try WindowEmbedder(Box(x: 0, y: 0, width: 1, height: 1))
        let face = HidableFace(try aligned(blocks(3)))
        let own = try await embedder.embeddings(of: [face.face])[0]
        let map = try await Explainer(embedder).map(of: face, against: own)
        #expect(map.cells.values.allSatisfy { $0 > -1e-6 })
        #expect(try await Explainer(embedder).map(of: face, against: own) == map)
    }

    @Test("Shares of support and of area sum to one, the most important first")
    func shares() async throws {
        let embedder = try WindowEmbedder(Box(x: 0, y: 0, width: 1, height: 1))
        let other = try await embedder.embeddings(of: [try aligned(blocks(5))])[0]
        let map = try await Explainer(embedder).map(of: HidableFace(try aligned(blocks(4))), against: other)
        let shares = map.shares
        #expect(abs(shares.reduce(0) { $0 + $1.support } - 1) < 1e-4)
        #expect(abs(shares.reduce(0) { $0 + $1.area } - 1) < 1e-4)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.support >= $1.support })
        #expect(Set(shares.map(\.region)).count == shares.count)
        let nothing = SimilarityMap(similarity: 0, cells: CellMap(), regions: map.regions)
        #expect(nothing.shares.allSatisfy { $0.support == 0 && $0.objection == 0 })
    }

    @Test(
        "Every method hides every cell at some time, in masks of its own number", arguments: ExplanationMethod.allCases)
    func masks(method: ExplanationMethod) {
        let expected: [ExplanationMethod: Int] = [.patches: 113, .revealed: 50, .both: 163, .random: 113]
        #expect(method.masks.count == expected[method])
        for cell in 0..<CellMap.count { #expect(method.masks.contains { $0.isHidden[cell] }) }
        let flat = method.map(losses: Array(repeating: 0, count: method.masks.count))
        #expect(flat.values.allSatisfy { $0 == 0 })
    }

    @Test("Hiding only replaces the cells, and keeps the context", arguments: [64, 112, 160])
    func hiding(side: Int) throws {
        let face = try aligned(blocks(6).resized(width: side, height: side, method: .bilinear))
        let mask = CellMask(column: 3, row: 5, side: 2)
        #expect(mask.count == 4 && mask.cells == [83, 84, 99, 100])
        for fill in HidingFill.allCases {
            let hidden = HidableFace(face).hiding(mask, with: fill)
            #expect(hidden.context == face.context && hidden.template == face.template && hidden.face == face.face)
            let cell = side / 16
            var inside = 0
            for y in 0..<side {
                for x in 0..<side where hidden.image.pixels[(y * side + x) * 3] != face.image.pixels[(y * side + x) * 3]
                {
                    #expect((3 * cell..<5 * cell).contains(x) && (5 * cell..<7 * cell).contains(y))
                    inside += 1
                }
            }
            #expect(inside > 2 * cell * cell)
        }
    }

    @Test("The largest of some cells; among equal ones, the first")
    func largest() {
        var map = CellMap()
        map.values[7] = 2
        map.values[200] = 3
        #expect(map.largest(2, of: Array(0..<CellMap.count)).cells == [7, 200])
        #expect(map.largest(3, of: [4, 5, 6, 7]).cells == [4, 5, 7])
        #expect(map.ranked([4, 7, 5]) == [7, 4, 5])
    }
}
