import Faces
import Foundation
import Pixels
import Testing

@testable import Detectors

struct FaceSoundnessTests {
    static let size = PixelSize(width: 200, height: 100)
    static let face = Face(
        box: Box(x: 50, y: 20, width: 40, height: 60), confidence: 0.9,
        landmarks: Landmarks(
            points: [(60, 40), (80, 40), (70, 50), (62, 65), (78, 65)].map { Point(x: $0.0, y: $0.1) }))

    @Test func aFaceIsSound() {
        #expect(Self.face.isSound(in: Self.size))
    }

    @Test func oneThatReachesOutsideIsSound() {
        #expect(Self.face.mapped(scale: 3, dx: -150, dy: -80).isSound(in: Self.size))
    }

    @Test(arguments: [
        Float.nan, .signalingNaN, .infinity, -.infinity, 1e30, -1e30, .greatestFiniteMagnitude,
    ])
    func noNumberOfAFaceMayBeAbsurd(value: Float) {
        let paths: [WritableKeyPath<Face, Float>] = [
            \.box.x, \.box.y, \.box.width, \.box.height, \.confidence, \.landmarks.leftEye.x, \.landmarks.nose.y,
            \.landmarks.rightMouth.x,
        ]
        for path in paths {
            var face = Self.face
            face[keyPath: path] = value
            #expect(!face.isSound(in: Self.size), "\(path)")
        }
    }

    @Test func boxesWithoutExtentAndPointsThatAreOneAreNoFace() {
        var face = Self.face
        face.box.width = 0
        #expect(!face.isSound(in: Self.size))
        face = Self.face
        face.landmarks = face.landmarks.mapped { _ in Point(x: 70, y: 50) }
        #expect(!face.isSound(in: Self.size))
    }

    @Test func candidatesAreBounded() {
        let most = [Face].mostCandidates
        let faces = (0..<most + 10).map { index in
            var face = Self.face
            face.confidence = Float(index) / Float(most + 10)
            return face
        }
        let sound = faces.sound(in: Self.size)
        #expect(sound.count == most)
        #expect(sound.map(\.confidence).min() == faces[10].confidence)
        #expect(Array(faces.prefix(3)).sound(in: Self.size) == Array(faces.prefix(3)))
    }

    @Test func candidatesOfTheCascadeAreNumbersAndBounded() {
        let candidate = Candidate(x1: 1, y1: 2, x2: 30, y2: 40, confidence: 0.9)
        var absurd = candidate
        absurd.regression.x2 = .nan
        #expect(candidate.isSound && !absurd.isSound)
        var less = candidate
        less.confidence = 0.7
        #expect([less, absurd, candidate].sound(atMost: 1) == [candidate])
        #expect([less, absurd, candidate].sound(atMost: 2) == [less, candidate])
    }

    /// Whatever the network outputs, the decoded result is a valid face or nothing.
    @Test func decodersOfAbsurdOutputsGiveNoFaces() {
        for value in [Float.nan, .infinity, -.infinity, 1e30, 200] {
            let outputs = [Float](repeating: value, count: 40)
            let faces = outputs.withUnsafeBufferPointer { numbers in
                YuNetDecoder(stride: 8, columns: 2, minimumConfidence: 0.6).faces(
                    classes: UnsafeBufferPointer(rebasing: numbers[..<4]),
                    objectness: UnsafeBufferPointer(rebasing: numbers[..<4]),
                    boxes: UnsafeBufferPointer(rebasing: numbers[..<16]), points: numbers)
            }
            #expect(faces.sound(in: PixelSize(width: 16, height: 16)).isEmpty, "\(value)")
            let anchored = outputs.withUnsafeBufferPointer { numbers in
                AnchorGrid.face(
                    from: AnchorGrid.Anchor(x: 4, y: 4, side: 16), box: numbers[0..<4], points: numbers[0..<10],
                    confidence: value)
            }
            #expect([anchored].sound(in: PixelSize(width: 16, height: 16)).isEmpty, "\(value)")
        }
    }
}
