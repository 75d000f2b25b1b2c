import Testing

@testable import Training

@Suite struct SpellingTests {
    @Test func distancesAreChangesOfLetters() {
        #expect(Spelling.distance("kitten", "sitting") == 3)
        #expect(Spelling.distance("", "abc") == 3)
        #expect(Spelling.distance("same", "same") == 0)
    }

    @Test func findsTheNearestAndNothingFarAway() {
        #expect(Spelling.nearest(to: "epoch", among: ["epochs", "batch", "clip"]) == "epochs")
        #expect(Spelling.nearest(to: "weight_decay", among: ["weightDecay", "beta1"]) == "weightDecay")
        #expect(Spelling.nearest(to: "zzzzzz", among: ["epochs", "batch"]) == nil)
    }
}
