import Augmentation
import Faces
import Foundation
import Pixels
import Testing

@Suite("Distortions of fixed strength")
struct DistortionTests {
    /// The landmarks of ArcFace's template, so that the face's square is the picture from 20, 20 to 131, 131.
    private var landmarks: Landmarks {
        get throws {
            let points = try #require(AlignmentTemplate.arcface(size: 112).referencePoints)
            return Landmarks(points: points.map { Point(x: $0.x + 20, y: $0.y + 20) })
        }
    }

    /// A picture whose pixels all differ: x, y and 100.
    private let picture: Image = {
        var pixels: [UInt8] = []
        for y in 0..<150 as Range<UInt8> {
            for x in 0..<160 as Range<UInt8> { pixels += [x, y, 100] }
        }
        return Image(width: 160, height: 150, pixels: pixels)
    }()

    /// A picture of waves, which every kind alters.
    private let waves: Image = {
        var pixels: [UInt8] = []
        for y in 0..<96 {
            for x in 0..<96 {
                let first = sin(Double(x) / 3), second = cos(Double(y) / 4), third = sin(Double(x + y) / 5)
                for value in [first, second, third] { pixels.append(UInt8(128 + 90 * value)) }
            }
        }
        return Image(width: 96, height: 96, pixels: pixels)
    }()

    private func covered(_ share: Float, seed: UInt64) throws -> Set<Int> {
        let altered = try Distortion(.occlusion, strength: share).applied(
            to: picture, face: landmarks, seed: seed)
        return Set(
            (0..<160 * 150).filter { place in
                let pixel = place * 3..<place * 3 + 3
                return altered.pixels[pixel] != picture.pixels[pixel]
            })
    }

    @Test(
        "A patch covers its share of the face, lies within it and has the face's mean color", arguments: [0.1, 0.36, 1])
    func occlusion(share: Double) throws {
        for seed in 0..<8 as Range<UInt64> {
            let altered = try Distortion(.occlusion, strength: Float(share)).applied(
                to: picture, face: landmarks, seed: seed)
            let places = try covered(Float(share), seed: seed)
            // Within a row and a column of pixels, and a pixel that already has the mean color.
            let side = 112 * share.squareRoot()
            #expect(Double(places.count) > (side - 1) * (side - 1) - 2)
            #expect(Double(places.count) < (side + 1) * (side + 1))
            for place in places {
                #expect((20..<132).contains(place % 160) && (20..<132).contains(place / 160))
                #expect(altered.pixels[place * 3..<place * 3 + 3].elementsEqual([75, 75, 100]))
            }
        }
    }

    @Test("With the same seed, a larger patch covers a smaller one; another seed moves it")
    func nested() throws {
        let small = try covered(0.1, seed: 3), large = try covered(0.4, seed: 3)
        #expect(small.subtracting(large).isEmpty)
        #expect(try covered(0.1, seed: 3) == small)
        #expect(try covered(0.1, seed: 4) != small)
    }

    @Test("The visible part of a face at the picture's edge is covered")
    func outside() throws {
        let face = try landmarks.mapped { Point(x: $0.x + 90, y: $0.y + 90) }
        let altered = try Distortion(.occlusion, strength: 1).applied(to: picture, face: face, seed: 1)
        #expect(altered.width == 160 && altered != picture)
        let away = try landmarks.mapped { Point(x: $0.x + 900, y: $0.y) }
        #expect(try Distortion(.occlusion, strength: 1).applied(to: picture, face: away, seed: 1) == picture)
        let point = Landmarks(points: Array(repeating: Point(x: 5, y: 5), count: 5))
        #expect(throws: FaceError.degenerateLandmarks) {
            try Distortion(.occlusion, strength: 0.5).applied(to: picture, face: point, seed: 1)
        }
    }

    @Test("The other kinds are steps of a policy, and stronger ones change more", arguments: Distortion.Kind.allCases)
    func strengths(kind: Distortion.Kind) throws {
        let strengths = kind.usualStrengths
        let kept = strengths.filter(kind.accepts)
        #expect(kept == strengths && Set(strengths).count == strengths.count && !kind.unit.isEmpty)
        guard kind != .occlusion else { return }
        func distance(_ strength: Float) throws -> Int {
            let altered = try Distortion(kind, strength: strength).applied(to: waves, seed: 7)
            #expect(altered.width == waves.width && altered.height == waves.height)
            var sum = 0
            for (after, before) in zip(altered.pixels, waves.pixels) { sum += abs(Int(after) - Int(before)) }
            return sum
        }
        let mildest = try #require(strengths.first), strongest = try #require(strengths.last)
        #expect(try distance(mildest) < distance(strongest))
        #expect(try distance(mildest) > 0)
        if let neutral = kind.neutralStrength, kind.accepts(neutral) { #expect(try distance(neutral) == 0) }
    }

    @Test func namesAndLimits() {
        #expect(Distortion(.noise, strength: 20).name == "noise 20")
        #expect(Distortion(.occlusion, strength: 0.3).name == "occlusion 0.3")
        #expect(!Distortion.Kind.occlusion.accepts(0) && !Distortion.Kind.jpeg.accepts(101))
        #expect(!Distortion.Kind.noise.accepts(.nan))
    }
}
