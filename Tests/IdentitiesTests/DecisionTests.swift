import Faces
import Foundation
import Identities
import Testing

@Suite("Decisions")
struct DecisionTests {
    @Test("Verification is inclusive at the threshold")
    func verification() throws {
        let one = try axis(0), other = try between(0, 1, similarity: 0.6)
        let verification = try one.verify(against: other, at: 0.5)
        #expect(abs(verification.similarity - 0.6) < 1e-6)
        #expect(verification.isMatch)
        #expect(try one.verify(against: one, at: 1).isMatch)
        #expect(try !one.verify(against: other, at: 0.7).isMatch)
    }

    @Test("Embeddings of two models, or of two lengths, can't be compared")
    func mismatch() throws {
        let one = try axis(0)
        #expect(throws: FaceError.self) { try one.verify(against: try embedding(one.values, otherModel), at: 0.5) }
        #expect(throws: FaceError.self) { try one.verify(against: try axis(0, 9), at: 0.5) }
    }

    @Test("The nearest template of the nearest person, with the margin to the next person")
    func identified() async throws {
        try await withGallery { gallery, _ in
            try await gallery.enroll("Ada", try axis(0), from: EnrollmentSource(label: "front.jpg"))
            try await gallery.enroll(
                "Ada", try between(0, 1, similarity: 0.9), from: EnrollmentSource(label: "side.jpg"))
            try await gallery.enroll("Grace", try axis(2))
            let probe = try embedding([0.8, 0.4, 0.3, 0, 0, 0, 0, 0])
            guard case .identified(let candidate) = try await gallery.identify(probe, threshold: 0.5) else {
                Issue.record("not identified")
                return
            }
            #expect(candidate.person.name == "Ada")
            #expect(candidate.person.templates == 2)
            #expect(candidate.template.label == "side.jpg")
            let length = Float(0.89).squareRoot()
            let expected = (0.9 * 0.8 + Float(0.19).squareRoot() * 0.4) / length
            #expect(abs(candidate.similarity - expected) < 1e-5)
            #expect(abs((candidate.margin ?? 0) - (expected - 0.3 / length)) < 1e-5)
        }
    }

    @Test("Below the threshold, the result is unknown with the nearest person; an empty gallery has none")
    func unknown() async throws {
        try await withGallery { gallery, _ in
            #expect(try await gallery.identify(try axis(0), threshold: 0.5) == .unknown(nearest: nil))
            try await gallery.enroll("Ada", try axis(0))
            let decision = try await gallery.identify(try between(0, 1, similarity: 0.4), threshold: 0.5)
            guard case .unknown(let nearest) = decision else {
                Issue.record("identified")
                return
            }
            #expect(nearest?.person.name == "Ada")
            #expect(nearest?.margin == nil)
            #expect(decision.person == nil)
            #expect(try await gallery.identify(try axis(0), threshold: 1).person?.name == "Ada")
        }
    }

    @Test("Candidates are sorted by similarity, one per person, and probes keep their order")
    func candidates() async throws {
        try await withGallery { gallery, _ in
            for (place, name) in ["Ada", "Grace", "Emmy"].enumerated() {
                try await gallery.enroll(name, try axis(place))
                try await gallery.enroll(name, try between(place, 7, similarity: 0.95))
            }
            let probe = try embedding([0.5, 0.7, 0.3, 0, 0, 0, 0, 0])
            let candidates = try await gallery.candidates(for: probe, count: 5)
            #expect(candidates.map(\.person.name) == ["Grace", "Ada", "Emmy"])
            #expect(candidates.map { ($0.margin ?? 0) > 0 } == [true, false, false])
            #expect(try await gallery.candidates(for: probe, count: 1).map(\.person.name) == ["Grace"])
            let several = try await gallery.identify([try axis(2), probe, try axis(0)], threshold: 0.4)
            #expect(several.map { $0.person?.name } == ["Emmy", "Grace", "Ada"])
        }
    }

    @Test("The false alarms of a false match rate in a gallery of some size")
    func falseAlarms() {
        let size = GallerySize(people: 1000, templates: 3000)
        let alarms = size.falseAlarms(falseMatchRate: 1e-4)
        #expect(abs(alarms.byPeople - 0.095167) < 1e-5)
        #expect(abs(alarms.byTemplates - 0.259193) < 1e-5)
        #expect(GallerySize(people: 0, templates: 0).falseAlarms(falseMatchRate: 1e-3).byTemplates == 0)
        #expect(GallerySize(people: 1, templates: 1).falseAlarms(falseMatchRate: 1).byPeople == 1)
        // Tiny rates lose no precision.
        #expect(abs(size.falseAlarms(falseMatchRate: 1e-15).byPeople - 1e-12) < 1e-17)
        let rate = size.falseMatchRate(falseAlarms: 0.01)
        #expect(abs(size.falseAlarms(falseMatchRate: rate).byTemplates - 0.01) < 1e-12)
    }
}
