import Testing

@testable import Training

@Suite struct SeedMixingTests {
    @Test func neighboursHaveSeedsOfTheirOwn() {
        var seen: Set<UInt64> = []
        for seed in UInt64(0)..<20 { for step in 0..<100 { seen.insert(SeedMixing.seed(seed, step: step)) } }
        #expect(seen.count == 2000)
        #expect(SeedMixing.seed(3, step: 4) == SeedMixing.seed(3, step: 4))
    }
}
