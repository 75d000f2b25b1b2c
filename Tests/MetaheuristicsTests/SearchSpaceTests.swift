import LikenessSupport
import Metaheuristics
import Testing

@Suite("Search spaces")
struct SearchSpaceTests {
    @Test("Every variable gets values in its range, with equal probability for integers and categories")
    func values() throws {
        let space = try SearchSpace([
            SearchVariable("neurons", .integer(5...7)), SearchVariable("rate", .logarithmic(1e-4...1e-2)),
            SearchVariable("batch", .logarithmicInteger(8...512)),
            SearchVariable("loss", .category(["triplet", "arcface"])),
            SearchVariable("share", .real(-1...1)),
        ])
        #expect(space.count == 5)
        let low = space.values(space.lower), high = space.values(space.upper)
        #expect(low["neurons"] == .integer(5) && high["neurons"] == .integer(7))
        let least = try #require(low["rate"]?.number), most = try #require(high["rate"]?.number)
        #expect(abs(least - 1e-4) < 1e-15 && abs(most - 1e-2) < 1e-13 && least >= 1e-4 && most <= 1e-2)
        #expect(low["batch"] == .integer(8) && high["batch"] == .integer(512))
        #expect(low["loss"] == .category("triplet") && high["loss"] == .category("arcface"))
        #expect(low["share"] == .real(-1) && high["share"] == .real(1))
        var seen: [SearchValue: Int] = [:]
        for step in 0..<300 {
            let number = space.lower[0] + (Double(step) + 0.5) / 300 * (space.upper[0] - space.lower[0])
            if let value = space.values([number, 0, 0, 0, 0])["neurons"] { seen[value, default: 0] += 1 }
        }
        #expect(seen == [.integer(5): 100, .integer(6): 100, .integer(7): 100])
        let middle = space.values([6, (space.lower[1] + space.upper[1]) / 2, 3, 0, 0])
        let rate = try #require(middle["rate"]?.number)
        #expect(abs(rate - 1e-3) < 1e-12, "the middle of a logarithmic range is the geometric mean")
    }

    @Test("The ends of the widest range of integers are reached, and nothing beyond")
    func widest() throws {
        let most = 1 << 53
        let variable = try SearchVariable("it", .integer(-most...most))
        #expect(variable.extremes == [.integer(-most), .integer(most)])
        let space = try SearchSpace([variable])
        #expect(space.values([.infinity]) == ["it": .integer(most)])
        #expect(space.values([-.infinity]) == ["it": .integer(-most)])
    }

    @Test("Invalid variables are refused by name")
    func refused() {
        func refuses(_ domain: SearchVariable.Domain) -> Bool {
            do {
                _ = try SearchVariable("it", domain)
                return false
            } catch { return error.description.contains("'it'") }
        }
        #expect(refuses(.real(1...1)))
        #expect(refuses(.real(0 ... .infinity)))
        #expect(refuses(.logarithmic(0...1)))
        #expect(refuses(.logarithmicInteger(0...5)))
        #expect(refuses(.real(-1.7e308...1.7e308)), "its width is not finite")
        for range in [5...Int.max, Int.min...5, 1...(1 << 53) + 1] {
            #expect(refuses(.integer(range)) && refuses(.logarithmicInteger(range)))
        }
        #expect(!refuses(.integer(-(1 << 53)...1 << 53)))
        #expect(refuses(.category(["one"])))
        #expect(refuses(.category(["one", "one"])))
        #expect(throws: MetaheuristicsError.noVariables) { try SearchSpace([]) }
        #expect(throws: MetaheuristicsError.self) {
            try SearchSpace([SearchVariable("a", .real(0...1)), SearchVariable("a", .real(0...2))])
        }
    }
}
