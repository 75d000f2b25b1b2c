import Augmentation
import Faces
import Foundation
import LikenessSupport
import Pixels
import TestSupport
import Testing

@testable import Measurements
@testable import Recognition

@Suite("Altered pictures") struct AlterationsTests {
    @Test("Covers: by default, all of our own designs are drawn from; designs and kinds restrict them")
    func covers() throws {
        let open = try CoverChoice().set()
        #expect(open.styles.count == MaskStyle.all.count && open.occluders.count == Occluder.all.count)
        var choice = CoverChoice()
        #expect(!choice.isGiven)
        (choice.masks, choice.designs, choice.kinds) = (true, .testing, [.surgical])
        choice.coverage = .chin
        let set = try choice.set()
        #expect(choice.isGiven && set.occluders.isEmpty && set.coverages == [.chin])
        #expect(!set.styles.isEmpty && set.styles.allSatisfy { $0.kind == .surgical && MaskStyle.testing.contains($0) })
        #expect(choice.policy.steps.map(\.kind) == [.mask] && choice.policy.steps[0].probability == 1)
        choice.occluders = true
        #expect(choice.policy.steps.map(\.kind) == [.mask, .occluder] && choice.policy.steps[0].probability == 0.5)
    }

    @Test("Equal seeds, pictures and variants give equal pictures; another variant gives another picture")
    func seeds() async throws {
        var choice = CoverChoice()
        choice.masks = true
        let artist = FaceArtist(policy: choice.policy, covers: try choice.set(), seed: 3)
        let image = Image(width: 96, height: 96, color: Color(red: 180, green: 140, blue: 120))
        let faces = [drawnFace(x: 20, y: 20, side: 56)]
        let first = try await artist.altered(image, faces: faces, picture: 1, variant: 0)
        let again = try await artist.altered(image, faces: faces, picture: 1, variant: 0)
        let other = try await artist.altered(image, faces: faces, picture: 1, variant: 1)
        #expect(first.image == again.image && first.image != image && first.steps == again.steps)
        #expect(other.image != first.image && first.landmarks == [faces[0].landmarks])
    }

    @Test("A generator's effect: the change of the lower face, and whether the mask is as requested")
    func effect() async throws {
        let image = Image(width: 96, height: 96, color: Color(red: 0, green: 0, blue: 0))
        let white = Image(width: 96, height: 96, color: Color(red: 255, green: 255, blue: 255))
        let face = drawnFace(x: 20, y: 20, side: 56)
        let same = try await GeneratedEffect.of(image, madeOf: image, faces: [face], by: nil)
        let changed = try await GeneratedEffect.of(white, madeOf: image, faces: [face], by: nil)
        #expect(same[0].lowerFaceChange == 0 && changed[0].lowerFaceChange > 0.9)
        // Without a classifier, masks are unknown, and nothing counts as failed.
        #expect(same[0].maskProbabilityAfter == nil && !same[0].hasFailed(.unmask) && !same[0].wasBare)
        let masked = GeneratedEffect(maskProbabilityBefore: 0.2, maskProbabilityAfter: 0.9, lowerFaceChange: 0.1)
        #expect(masked.wasBare && masked.hasFailed(.unmask) && !masked.hasFailed(.mask))
        #expect(GeneratorDirection.unmask.model == "unmask-gan")
    }

    @Test("Variants of a photograph: a random size is in its range, and equal seeds give equal sizes")
    func variants() throws {
        let image = Image(width: 40, height: 20, color: Color(red: 90, green: 90, blue: 90))
        let half = try #require(PictureVariant.resized(by: 0.5).alteration)
        let small = try half.apply(image, nil, 7)
        #expect(small.width == 20 && small.height == 10)
        let drawn = try #require(PictureVariant.resized(Span(0.3, 2)).alteration)
        for seed in 0..<20 as Range<UInt64> {
            let width = try drawn.apply(image, nil, seed).width
            #expect((12...80).contains(width))
            #expect(try drawn.apply(image, nil, seed).width == width)
        }
        #expect(PictureVariant.original.alteration == nil && PictureVariant.calibration.count == 6)
    }
}
