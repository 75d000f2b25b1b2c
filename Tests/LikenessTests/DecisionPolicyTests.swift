import Foundation
import Likeness
import LikenessTesting
import Testing

@Suite("Decision policies")
struct DecisionPolicyTests {
    /// A card whose threshold at a false match rate of 10^-n is n / 10, measured on many people.
    private var card: ModelCard {
        var card = ModelCard.fake()
        card.calibration = MatchCalibration(
            points: (1...6).map {
                .init(falseMatchRate: pow(10, -Double($0)), threshold: Float($0) / 10, falseNonMatchRate: 0.1)
            }, data: "", people: 10_000, pictures: 10_000, impostorPairs: 49_995_000, peoplePairs: 49_995_000,
            matedPairs: 1, conditions: "", remark: "", command: "")
        return card
    }

    @Test("The default is a false match rate of one in a thousand")
    func usual() throws {
        #expect(try DecisionPolicy().rule(for: card).threshold == 0.3)
        #expect(try DecisionPolicy.falseMatchRate(1e-4).rule(for: card).threshold == 0.4)
    }

    @Test("A threshold is for any model and gallery")
    func threshold() throws {
        let size = GallerySize(people: 100, templates: 100)
        #expect(try DecisionPolicy.threshold(0.55).rule(for: .fake()).threshold == 0.55)
        #expect(try DecisionPolicy.threshold(0.55).rule(for: .fake(), in: size).threshold == 0.55)
    }

    @Test("A false alarm rate gives a stricter threshold in a larger gallery, and no rule for two faces")
    func falseAlarms() throws {
        let policy = DecisionPolicy.falseAlarmRate(0.01)
        let small = try policy.rule(for: card, in: GallerySize(people: 10, templates: 10))
        let large = try policy.rule(for: card, in: GallerySize(people: 1000, templates: 1000))
        #expect(small.threshold < large.threshold)
        #expect(throws: FaceServiceError.galleryPolicyForTwoFaces) { try policy.rule(for: card) }
    }

    @Test("A rate that the card can't support is refused")
    func unsupported() {
        #expect(throws: FaceError.self) { try DecisionPolicy.falseMatchRate(1e-9).rule(for: card) }
        #expect(throws: FaceError.self) { try DecisionPolicy().rule(for: .fake()) }
    }

    @Test(
        "A threshold that no similarity can have is refused", arguments: [Float.nan, .infinity, -.infinity, 1.5, -1.01])
    func outOfRange(threshold: Float) {
        #expect(throws: FaceServiceError.self) { try DecisionPolicy.threshold(threshold).rule(for: .fake()) }
    }
}
