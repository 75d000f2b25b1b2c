import Augmentation
import Foundation
import LikenessSupport
import Testing

@Suite("Seeded random numbers")
struct SeededGeneratorTests {
    @Test("The numbers of a seed never change")
    func pinned() {
        var generator = SeededGenerator(seed: 0)
        // xoshiro256** with the state that SplitMix64 derives from 0.
        #expect(
            (0..<3).map { _ in generator.next() } == [
                0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0,
            ])
    }

    @Test("A split depends only on its index, not on numbers drawn before")
    func split() {
        var generator = SeededGenerator(seed: 7)
        var before = generator.split(3)
        _ = generator.next()
        var after = generator.split(3)
        #expect(before == after)
        #expect(before.next() == after.next())
        #expect(generator.split(3) != generator.split(4))
        #expect(SeededGenerator(seed: 7).split(3) != SeededGenerator(seed: 8).split(3))
    }

    @Test("Uniform and normal numbers, and shuffling")
    func draws() {
        var generator = SeededGenerator(seed: 1)
        let units = (0..<20_000).map { _ in generator.unit() }
        #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(units.reduce(0, +) / 20_000 - 0.5) < 0.01)
        let normals = (0..<20_000).map { _ in generator.normal() }
        #expect(abs(normals.reduce(0, +) / 20_000) < 0.03)
        #expect(abs(normals.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.03)
        let indices = (0..<7000).map { _ in generator.index(below: 7) }
        for index in 0..<7 { #expect(abs(indices.count { $0 == index } - 1000) < 150) }
        var order = Array(0..<100)
        generator.shuffle(&order)
        #expect(order != Array(0..<100) && order.sorted() == Array(0..<100))
        #expect(generator.element(of: [Int]()) == nil)
        #expect((0..<1000).count { _ in generator.happens(0.25) } < 330)
        #expect((0..<100).allSatisfy { _ in (2...3).contains(generator.number(in: Span(2, 3))) })
    }

    @Test("A span is two numbers in increasing order")
    func span() throws {
        #expect(try JSONDecoder().decode(Span.self, from: Data("[-1, 2.5]".utf8)) == Span(-1, 2.5))
        for text in ["[2, 1]", "[1]", "[1, 2, 3]", "1"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Span.self, from: Data(text.utf8)) }
        }
        #expect(try JSONEncoder().encode(Span(1, 2)) == Data("[1,2]".utf8))
    }
}
