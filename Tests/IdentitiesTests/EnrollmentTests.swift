import Faces
import Foundation
import Identities
import LikenessSupport
import Pixels
import Testing

@Suite("The enrollment gate")
struct EnrollmentTests {
    private let strict = EnrollmentPolicy.strict(otherPerson: MatchRule(threshold: 0.5))

    private func face() -> Face {
        let eye = Point(x: 10, y: 10)
        return Face(
            box: Box(x: 0, y: 0, width: 100, height: 100), confidence: 0.9,
            landmarks: Landmarks(leftEye: eye, rightEye: eye, nose: eye, leftMouth: eye, rightMouth: eye))
    }

    @Test("A portrait passes every mode")
    func passes() throws {
        for mode in EnrollmentPolicy.Mode.allCases {
            let policy = EnrollmentPolicy(mode: mode, otherPerson: MatchRule(threshold: 0.5))
            #expect(policy.issues(faces: [face()], context: try portrait()).isEmpty)
        }
    }

    @Test("Each issue is reported with its measured value and limit")
    func faults() throws {
        let faults: [(EnrollmentIssue.Kind, WritableKeyPath<ContextVector, Float>, Float, Float)] = [
            (.tooSmall, \.size, 40, 48), (.blurred, \.sharpness, 3, 5), (.uncertain, \.confidence, 0.5, 0.6),
            (.turned, \.yaw, -55, 40), (.tilted, \.pitch, 50, 40), (.leaning, \.roll, 60, 45),
            (.tooDark, \.intensity, 0.1, 0.12), (.tooBright, \.intensity, 0.95, 0.9),
            (.underexposed, \.underexposed, 0.7, 0.6), (.overexposed, \.overexposed, 0.4, 0.3),
        ]
        for (kind, path, measured, limit) in faults {
            var context = try portrait()
            context[keyPath: path] = measured
            let issues = EnrollmentPolicy.standard(otherPerson: MatchRule(threshold: 0.5)).issues(
                faces: nil, context: context)
            #expect(issues == [EnrollmentIssue(kind, measured: measured.magnitude, limit: limit)])
            #expect(EnrollmentPolicy.off.issues(faces: nil, context: context).isEmpty)
            context[keyPath: path] = .nan
            #expect(
                EnrollmentPolicy.standard(otherPerson: MatchRule(threshold: 0.5)).issues(faces: nil, context: context)
                    .isEmpty == false)
        }
    }

    @Test("A face of low quality is refused; an unknown quality is not checked, and one that is not a number is low")
    func quality() throws {
        let policy = EnrollmentPolicy.standard(otherPerson: MatchRule(threshold: 0.5))
        let limit = try #require(policy.leastQuality), strictLimit = try #require(strict.leastQuality)
        #expect(0 < limit && limit < strictLimit && strictLimit < 1)
        var context = try portrait()
        for (quality, isLow) in [(nil, false), (limit, false), (limit.nextDown, true), (0, true)] as [(Float?, Bool)] {
            context.quality = quality
            let expected = isLow ? [EnrollmentIssue(.lowQuality, measured: quality ?? 0, limit: limit)] : []
            #expect(policy.issues(faces: [face()], context: context) == expected)
            #expect(EnrollmentPolicy.off.issues(faces: [face()], context: context).isEmpty)
        }
        context.quality = .nan
        #expect(policy.issues(faces: [face()], context: context).map(\.kind) == [.lowQuality])
        let issue = EnrollmentIssue(.lowQuality, measured: 0.125, limit: 0.25)
        #expect(issue.description.hasPrefix("the face is not usable enough (quality 0.125, at least 0.25)"))
        #expect(issue.kind.rawValue == "low_quality")
    }

    @Test("All issues are reported at once, in words")
    func allAtOnce() throws {
        let context = try portrait(["size": 31, "sharpness": 2.25, "yaw": 44])
        let issues = strict.issues(faces: [face(), face()], context: context)
        #expect(issues.map(\.kind) == [.severalFaces, .tooSmall, .blurred, .turned])
        #expect(
            GalleryError.enrollmentRefused(issues).description
                == "not enrolled: 2 faces were found (at most 1); the face is too small (31 pixels, at least 96); "
                + "the face is blurred (sharpness 2.25, at least 10); "
                + "the face is turned to one side (44 degrees, at most 20); "
                + "choose one (--face largest or --face center; in code, EnrollmentOptions.face); "
                + "choose a picture in which it is larger; "
                + "choose a sharper picture; choose a picture in which it looks at the camera")
    }

    @Test("Every issue has a problem, and all but a duplicate have advice; advice is given once")
    func advice() {
        for kind in EnrollmentIssue.Kind.allCases {
            let issue = EnrollmentIssue(kind, measured: 0.5, limit: 0.25)
            #expect(!issue.problem.isEmpty)
            #expect((issue.remedy == nil) == (kind == .duplicate))
            #expect(issue.description == (issue.remedy.map { "\(issue.problem): \($0)" } ?? issue.problem))
        }
        let turned = [EnrollmentIssue.Kind.turned, .tilted].map { EnrollmentIssue($0, measured: 50, limit: 20) }
        #expect(
            GalleryError.enrollmentRefused(turned).remedy == "choose a picture in which it looks at the camera")
        #expect(GalleryError.enrollmentRefused([]).remedy == nil)
    }

    @Test("A missing face is a separate issue; several faces may be allowed")
    func countOfFaces() throws {
        #expect(strict.issues(faces: [], context: nil).map(\.kind) == [.noFace])
        var tolerant = strict
        tolerant.allowsSeveralFaces = true
        #expect(tolerant.issues(faces: [face(), face()], context: try portrait()).isEmpty)
        #expect(EnrollmentPolicy.off.issues(faces: [face(), face()], context: nil).isEmpty)
    }

    @Test("A face like another person's, and the same template again, are refused")
    func neighbors() async throws {
        try await withGallery { gallery, _ in
            try await gallery.enroll("Ada", try axis(0), from: EnrollmentSource(label: "ada.jpg"), policy: strict)
            // The same person again: similar is accepted, identical is not.
            try await gallery.enroll("Ada", try between(0, 1, similarity: 0.9), policy: strict)
            let again = try await gallery.issues(enrolling: "Ada", try axis(0), policy: strict)
            #expect(again == [EnrollmentIssue(.duplicate, measured: 1, limit: 0.9995, subject: "ada.jpg")])
            // Another person: 0.6 is over the threshold of 0.5.
            let other = try await gallery.issues(
                enrolling: "Grace", try between(0, 2, similarity: 0.6), policy: strict)
            #expect(other.map(\.kind) == [.otherPerson])
            #expect(other.first?.subject == "Ada")
            #expect(abs((other.first?.measured ?? 0) - 0.6) < 1e-6)
            #expect(other.first?.limit == 0.5)
            #expect(
                await code { try await gallery.enroll("Grace", try between(0, 2, similarity: 0.6), policy: strict) }
                    == "enrollment_refused")
            try await gallery.enroll("Grace", try between(0, 2, similarity: 0.45), policy: strict)
            try await gallery.enroll("Twin", try axis(0))
            #expect(try await gallery.size() == GallerySize(people: 3, templates: 4))
            // Both issues: Ada's template is also the twin's.
            let both = try await gallery.issues(enrolling: "Ada", try axis(0), policy: strict)
            #expect(both.map(\.kind) == [.otherPerson, .duplicate])
        }
    }

    @Test("Cut-off, doubtful or turned faces are refused, if the evidence is known")
    func plausibility() throws {
        let standard = EnrollmentPolicy.standard(otherPerson: MatchRule(threshold: 0.5))
        func kinds(
            _ policy: EnrollmentPolicy, outside: Float? = nil, confirmation: Float? = nil, lead: Float? = nil,
            residual: Float? = nil, roll: Float = 0
        ) throws -> [EnrollmentIssue.Kind] {
            policy.issues(
                faces: [face()], context: try portrait(["roll": roll]), shareOutside: outside,
                evidence: FaceEvidence(confirmation: confirmation, turnedLead: lead, residualRoll: residual)
            ).map(\.kind)
        }
        #expect(try kinds(standard).isEmpty)
        #expect(try kinds(standard, outside: 0.1, confirmation: 0.9, lead: -0.1).isEmpty)
        #expect(try kinds(standard, outside: 0.2) == [.cutOff])
        #expect(try kinds(strict, outside: 0.1) == [.cutOff])
        #expect(try kinds(standard, confirmation: 0) == [.doubtful])
        #expect(try kinds(standard, lead: 0.05) == [.notUpright])
        for (residual, roll, expected) in [
            (14, 30, []), (-14, 30, []), (16, 0, [.misaligned]), (-16, 0, [.misaligned]), (14, 40, [.leaning]),
            (30, 30, [.misaligned, .leaning]), (-30, 60, [.misaligned]),
        ] as [(Float, Float, [EnrollmentIssue.Kind])] {
            #expect(try kinds(standard, residual: residual, roll: roll) == expected, "\(residual) \(roll)")
        }
        #expect(try kinds(strict, residual: 12) == [.misaligned])
        #expect(try kinds(standard, outside: .nan, confirmation: .nan) == [.cutOff, .doubtful])
        #expect(try kinds(standard, lead: .nan) == [.notUpright])
        // Detectors say little about which way up a part of a face is.
        #expect(try kinds(standard, outside: 0.2, lead: 0.05) == [.cutOff])
        #expect(try kinds(.off, outside: 1, confirmation: 0, lead: 1).isEmpty)
    }

    @Test("The exposure of the face's middle is used if it was measured")
    func exposure() throws {
        let dark = try portrait(["underexposed": 0.7, "intensity": 0.05])
        let standard = EnrollmentPolicy.standard(otherPerson: MatchRule(threshold: 0.5))
        func kinds(_ exposure: FaceExposure?) -> [EnrollmentIssue.Kind] {
            let evidence = FaceEvidence(confirmation: 0.9, turnedLead: -0.1, exposure: exposure)
            return standard.issues(faces: [face()], context: dark, evidence: evidence).map(\.kind)
        }
        #expect(kinds(nil) == [.tooDark, .underexposed])
        #expect(kinds(FaceExposure(intensity: 0.4, underexposed: 0.1, overexposed: 0)).isEmpty)
        #expect(kinds(FaceExposure(intensity: 0.95, underexposed: 0, overexposed: 0.5)) == [.tooBright, .overexposed])
    }

    @Test("A face unlike the person's other pictures is refused, however many people are nearer")
    func unlike() async throws {
        let policy = EnrollmentPolicy.standard(
            otherPerson: MatchRule(threshold: 0.9), ownPictures: [MatchRule(threshold: 0.25)])
        try await withGallery { gallery, _ in
            try await gallery.enroll("Ada", try axis(0), policy: policy)
            #expect(
                try await gallery.issues(enrolling: "Grace", try axis(1), policy: policy).isEmpty,
                "a new person has no other pictures")
            let stranger = try await gallery.issues(enrolling: "Ada", try axis(1), policy: policy)
            #expect(stranger == [EnrollmentIssue(.unlikePerson, measured: 0, limit: 0.25, subject: "Ada")])
            #expect(
                stranger[0].problem
                    == "the face does not look like Ada's other pictures (similarity 0, at least 0.25)")
            #expect(
                try await gallery.issues(
                    enrolling: "Ada", try between(0, 1, similarity: 0.3), policy: policy
                ).isEmpty)
            // Three people who are nearer to the stranger than Ada is.
            for (index, name) in ["Grace", "Joan", "Mary"].enumerated() {
                try await gallery.enroll(name, try between(1, index + 2, similarity: 0.8))
            }
            let among = try await gallery.issues(enrolling: "Ada", try axis(1), policy: policy)
            #expect(among.map(\.kind) == [.unlikePerson])
            #expect(among.first?.measured == 0)
            var tolerant = policy
            tolerant.ownPictures = []
            #expect(try await gallery.issues(enrolling: "Ada", try axis(1), policy: tolerant).isEmpty)
            // With several templates, the nearest one must be more similar.
            var counting = policy
            counting.ownPictures = [0.25, 0.4, 0.5].map { MatchRule(threshold: $0) }
            let near = try between(0, 1, similarity: 0.45)
            for (others, limit) in [(0, nil), (1, nil), (2, 0.5), (3, 0.5)] as [(Int, Float?)] {
                if others > 0 { try await gallery.enroll("Ada", try between(0, others + 4, similarity: 0.9)) }
                let issues = try await gallery.issues(enrolling: "Ada", near, policy: counting)
                #expect(issues.map(\.limit) == [limit].compactMap(\.self), "\(others)")
            }
        }
    }

    @Test("Two children have separate limits; a child and an adult do not")
    func children() async throws {
        var card = try card(people: 2151)
        card.adaptiveThresholds = AdaptiveThresholds(
            cells: [
                .init(
                    kind: .child, isShared: true, low: 0.5, high: 1, impostorPairs: 100_000, peoplePairs: 100_000,
                    points: [.init(falseMatchRate: 0.1, threshold: 0.6), .init(falseMatchRate: 1e-3, threshold: 0.9)])
            ], people: 2151, data: "made up")
        let policy = EnrollmentPolicy.standard(
            otherPerson: try MatchRule(card, falseMatchRate: 1e-3),
            ownPictures: EnrollmentPolicy.ownPictures(of: .standard, by: card))
        let ordinary = try card.threshold(falseMatchRate: 1e-3), own = try card.threshold(falseMatchRate: 0.1)
        #expect(own < 0.5 && ordinary < 0.5)
        func source(_ probability: Float) throws -> EnrollmentSource {
            var context = try portrait()
            (context.maskProbability, context.childProbability) = (0, probability)
            return EnrollmentSource(context: context)
        }
        try await withGallery { gallery, _ in
            try await gallery.enroll("Ada", try axis(0), from: try source(0.9), policy: policy)
            for (similarity, probability, ada, grace) in [
                (0.5, 0.9, [.unlikePerson], []), (0.5, 0.1, [], [.otherPerson]), (0.85, 0.9, [], []),
                (0.95, 0.9, [], [.otherPerson]),
            ] as [(Float, Float, [EnrollmentIssue.Kind], [EnrollmentIssue.Kind])] {
                let probe = try between(0, 1, similarity: similarity), from = try source(probability)
                for (name, expected) in [("Ada", ada), ("Grace", grace)] {
                    let issues = try await gallery.issues(enrolling: name, probe, from: from, policy: policy)
                    #expect(issues.map(\.kind) == expected, "\(similarity) \(probability) \(name)")
                }
            }
            // The nearest is a child, for whom a higher similarity is allowed; the next one is an adult.
            try await gallery.enroll("Joan", try between(1, 2, similarity: 0.9), from: try source(0.1))
            let probe = try between(0, 1, similarity: 0.8)
            let issues = try await gallery.issues(enrolling: "Mary", probe, from: try source(0.9), policy: policy)
            #expect(issues.map(\.subject) == ["Joan"])
        }
    }

    @Test("The message about another person names the option, and is not ambiguous")
    func otherPersonInWords() {
        let issue = EnrollmentIssue(.otherPerson, measured: 0.81, limit: 0.36, subject: "Grace")
        #expect(
            issue.problem
                == "the face looks like another person, Grace (similarity 0.81; from 0.36, two faces count as "
                + "one person's)")
    }

    @Test("The issues of the photograph and of the gallery are reported together, and nothing is enrolled")
    func together() async throws {
        try await withGallery { gallery, _ in
            try await gallery.enroll("Ada", try axis(0))
            let source = EnrollmentSource(faces: [face(), face()], context: try portrait(["size": 20]))
            do {
                try await gallery.enroll("Grace", try axis(0), from: source, policy: strict)
                Issue.record("enrolled")
            } catch GalleryError.enrollmentRefused(let issues) {
                #expect(issues.map(\.kind) == [.severalFaces, .tooSmall, .otherPerson])
            }
            #expect(try await gallery.people().map(\.name) == ["Ada"])
        }
    }

    @Test("The JSON of an issue")
    func codable() throws {
        let issue = EnrollmentIssue(.otherPerson, measured: 0.5, limit: 0.25, subject: "Ada")
        let json = String(decoding: try JSONEncoder().encode(issue), as: UTF8.self)
        #expect(json.contains(#""kind":"other_person""#))
    }

    @Test("A context that is not finite is refused")
    func badContext() async throws {
        try await withGallery { gallery, _ in
            var context = try portrait()
            context.contrast = .nan
            let source = EnrollmentSource(context: context)
            #expect(await code { try await gallery.enroll("Ada", try axis(0), from: source) } == "invalid_vector")
        }
    }
}
