import Faces
import Foundation
import Pixels
import Testing

/// Returns a face whose landmarks are ArcFace's reference points, transformed.
func referenceFace(scale: Float = 1, angle: Float = 0, dx: Float = 0, dy: Float = 0) throws -> Face {
    let reference = try #require(AlignmentTemplate.arcface(size: 112).referencePoints)
    let turn = SimilarityTransform(a: scale * cos(angle), b: scale * sin(angle), tx: dx, ty: dy)
    return Face(
        box: Box(x: dx, y: dy, width: 112 * scale, height: 112 * scale), confidence: 0.9,
        landmarks: Landmarks(points: reference.map { turn($0) }))
}

@Suite struct AlignmentTests {
    @Test(arguments: [(1.0, 0.0), (2.5, 0.4), (0.3, -1.2)]) func undoesASimilarity(scale: Double, angle: Double) throws
    {
        let face = try referenceFace(scale: Float(scale), angle: Float(angle), dx: 31, dy: -7)
        let transform = try face.transform(to: .arcface(size: 112))
        let reference = try #require(AlignmentTemplate.arcface(size: 112).referencePoints)
        for (landmark, target) in zip(face.landmarks.points, reference) {
            let reached = transform(landmark)
            #expect(abs(reached.x - target.x) < 1e-3 && abs(reached.y - target.y) < 1e-3)
        }
        #expect(abs(transform.scale - 1 / Float(scale)) < 1e-4)
    }

    @Test func noSimilarityIsNearer() throws {
        let points: [Point] = [(30, 40), (70, 45), (50, 60), (33, 85), (68, 80)].map { Point(x: $0, y: $1) }
        let target = try #require(AlignmentTemplate.arcface(size: 112).referencePoints)
        let transform = try SimilarityTransform(from: points, to: target)
        func error(_ t: SimilarityTransform) -> Float {
            zip(points, target).reduce(0) { sum, pair in
                let reached = t(pair.0)
                return sum + (reached.x - pair.1.x) * (reached.x - pair.1.x)
                    + (reached.y - pair.1.y) * (reached.y - pair.1.y)
            }
        }
        let least = error(transform)
        for step: Float in [-0.01, 0.01] {
            #expect(error(.init(a: transform.a + step, b: transform.b, tx: transform.tx, ty: transform.ty)) > least)
            #expect(error(.init(a: transform.a, b: transform.b + step, tx: transform.tx, ty: transform.ty)) > least)
            #expect(
                error(.init(a: transform.a, b: transform.b, tx: transform.tx + step * 50, ty: transform.ty)) > least)
            #expect(
                error(.init(a: transform.a, b: transform.b, tx: transform.tx, ty: transform.ty + step * 50)) > least)
        }
    }

    @Test func coincidingLandmarksAreRefused() throws {
        let point = Point(x: 5, y: 5)
        let face = Face(
            box: Box(x: 0, y: 0, width: 10, height: 10), confidence: 1,
            landmarks: Landmarks(points: Array(repeating: point, count: 5)))
        #expect(throws: FaceError.degenerateLandmarks) { try face.transform(to: .arcface(size: 112)) }
    }

    @Test func boxTemplateCoversTheGrownBox() throws {
        var face = try referenceFace()
        face.box = Box(x: 100, y: 50, width: 40, height: 60)
        let transform = try face.transform(to: .box(size: 160, margin: 0.5))
        // A side of 90 pixels around (120, 80): its left edge, at −0.5 from the first pixel's center, is mapped to
        // −0.5.
        let corner = transform(Point(x: 120 - 45 - 0.5, y: 80 - 45 - 0.5))
        #expect(abs(corner.x + 0.5) < 1e-3 && abs(corner.y + 0.5) < 1e-3)
        let opposite = transform(Point(x: 120 + 45 - 0.5, y: 80 + 45 - 0.5))
        #expect(abs(opposite.x - 159.5) < 1e-3 && abs(opposite.y - 159.5) < 1e-3)
    }

    @Test(arguments: [
        AlignmentTemplate.arcface(size: 112), .arcface(size: 160), .loose(size: 160, margin: 0.25),
        .box(size: 160, margin: 0.3), .box(size: 160, margin: -0.1),
    ]) func namesAreReadBack(template: AlignmentTemplate) {
        #expect(AlignmentTemplate(template.description) == template)
    }

    @Test(arguments: ["", "arcface", "arcface-0", "arcface-x", "box-160", "box-160--1", "arcface-112-0.1", "other-112"])
    func otherNamesAreNone(name: String) {
        #expect(AlignmentTemplate(name) == nil)
    }
}

@Suite struct EmbeddingTests {
    let model = ModelIdentity(name: "m", contract: "0/1")

    @Test func isNormalized() throws {
        let embedding = try Embedding(normalizing: [3, 4], model: model)
        #expect(embedding.values == [0.6, 0.8])
        let other = try Embedding(normalizing: [4, 3], model: model)
        #expect(abs(try embedding.similarity(to: other) - 0.96) < 1e-6)
    }

    @Test(arguments: [[], [0, 0], [.nan, 1], [.infinity, 1]] as [[Float]]) func nonsenseIsRefused(values: [Float]) {
        #expect(throws: FaceError.self) { try Embedding(normalizing: values, model: model) }
    }

    @Test func modelsNeverMix() throws {
        let a = try Embedding(normalizing: [1, 0], model: model)
        let b = try Embedding(normalizing: [1, 0], model: ModelIdentity(name: "m", contract: "1/1"))
        #expect(throws: FaceError.modelMismatch(a.model, b.model)) { try a.similarity(to: b) }
    }
}

@Suite struct ContextTests {
    @Test func twelveNamedNumbers() throws {
        let image = Image(width: 200, height: 200, color: Color(red: 128, green: 128, blue: 128))
        let context = try ContextVector(of: try referenceFace(dx: 40, dy: 40), in: image)
        #expect(ContextVector.names.count == 12)
        #expect(context.values.count == 12)
        #expect(context.values[11] == ContextVector.unknownMaskProbability)
        #expect(abs(context.intensity - 128 / 255) < 0.01)
        #expect(context.contrast < 0.01 && context.sharpness < 1)
        #expect(context.size == 112)
    }

    @Test func lightFromTheRight() throws {
        var image = Image(width: 112, height: 112, color: Color(red: 50, green: 50, blue: 50))
        for y in 0..<112 {
            for x in 56..<112 {
                for channel in 0..<3 { image.pixels[(y * 112 + x) * 3 + channel] = 250 }
            }
        }
        let context = try ContextVector(of: try referenceFace(), in: image)
        #expect(abs(context.illuminationDifference - 200 / 300) < 0.01)
        #expect(abs(context.overexposed - 0.5) < 0.01)
        #expect(context.underexposed == 0)
    }

    @Test("The exposure is that of the face's middle, not of its surroundings or of black outside the picture")
    func exposureOfTheMiddle() throws {
        var image = Image(width: 112, height: 112, color: .black)
        for y in 30..<106 {
            for x in 22..<90 {
                for channel in 0..<3 { image.pixels[(y * 112 + x) * 3 + channel] = 120 }
            }
        }
        let face = try referenceFace(), exposure = try FaceExposure(of: face, in: ScaledImage(image))
        #expect(exposure.underexposed == 0 && exposure.overexposed == 0 && abs(exposure.intensity - 120 / 255) < 0.01)
        #expect(try ContextVector(of: face, in: image).underexposed > 0.5)
        let dark = try FaceExposure(of: face, in: ScaledImage(Image(width: 112, height: 112, color: .black)))
        #expect(dark == FaceExposure(intensity: 0, underexposed: 1, overexposed: 0))
    }

    @Test func rollIsTheEyeLine() throws {
        let face = try referenceFace(angle: 0.3)
        let image = Image(width: 200, height: 200)
        let context = try ContextVector(of: face, in: image)
        // ArcFace's right eye is 0.1949 higher than the left one: −0.317°.
        #expect(abs(context.roll - (0.3 * 180 / .pi - 0.317)) < 0.05)
    }

    /// A head that turns by θ under orthographic projection moves its nose, 30 mm in front, by 30 sin θ.
    @Test(arguments: [-30.0, -10, 0, 10, 30]) func yawOfATurnedModel(degrees: Double) throws {
        let angle = degrees * .pi / 180
        let model: [(Double, Double, Double)] = [(-32, 0, 0), (32, 0, 0), (0, 42, 30), (-26, 68, 2), (26, 68, 2)]
        let points = model.map { x, y, z in
            Point(x: Float(200 + 2 * (x * cos(angle) + z * sin(angle))), y: Float(100 + 2 * y))
        }
        let face = Face(
            box: Box(x: 100, y: 50, width: 200, height: 200), confidence: 1, landmarks: Landmarks(points: points))
        let context = try ContextVector(of: face, in: Image(width: 400, height: 300))
        #expect(abs(context.yaw - Float(degrees)) < 0.5)
        #expect(abs(context.pitch) < 0.5)
    }
}

@Suite struct CalibrationTests {
    let calibration = MatchCalibration(
        points: [
            .init(falseMatchRate: 1e-1, threshold: 0.1, falseNonMatchRate: 0),
            .init(falseMatchRate: 1e-2, threshold: 0.2, falseNonMatchRate: 0.01),
            .init(falseMatchRate: 1e-3, threshold: 0.3, falseNonMatchRate: 0.02),
        ],
        data: "made up", people: 500, pictures: 1000, impostorPairs: 499_000, peoplePairs: 124_750, matedPairs: 500,
        conditions: "none", remark: "none", command: "none")

    @Test func pointsAndBetween() throws {
        #expect(try calibration.threshold(falseMatchRate: 1e-1) == 0.1)
        #expect(try calibration.threshold(falseMatchRate: 1e-3) == 0.3)
        #expect(abs(try calibration.threshold(falseMatchRate: 0.0031622776) - 0.25) < 1e-4)
        let back = try #require(calibration.falseMatchRate(threshold: 0.25))
        #expect(abs(back - 0.0031622776) < 1e-5)
        #expect(calibration.falseMatchRate(threshold: 0.5) == nil)
    }

    /// 124,750 pairs of people support no rate below 30 / 124,750 = 2.4e-4.
    @Test(arguments: [0, 1, -1, 1e-4, 2e-4, 0.5, .nan]) func unsupportedRatesAreRefused(rate: Double) {
        #expect(throws: FaceError.self) { try calibration.threshold(falseMatchRate: rate) }
    }
}

@Suite struct CardTests {
    @Test func committedCardsAreRead() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Models")
        let files = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        #expect(files.count >= 5)
        for file in files {
            let card = try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: file))
            #expect(card.name == file.deletingPathExtension().lastPathComponent)
            #expect(card.weights.allSatisfy { $0.sha256.count == 64 && $0.bytes > 0 })
            #expect((card.task == .embedding) == (card.template != nil && card.dimension != nil))
            #expect(card.input.normalization == .whitening || card.input.mean?.count == 3)
        }
    }
}
