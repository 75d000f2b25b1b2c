import Faces
import Foundation
import Pixels
import Recognition
import TestSupport
import Testing

@Suite("Second examination of a face")
struct FaceExaminerTests {
    /// Red at the top, blue at the bottom: two pixels of a crop show which way up it is.
    private static let picture: Image = {
        var image = Image(width: 200, height: 200, color: Color(red: 0, green: 0, blue: 200))
        for index in stride(from: 0, to: 200 * 100 * 3, by: 3) {
            (image.pixels[index], image.pixels[index + 2]) = (200, 0)
        }
        return image
    }()

    /// Returns a detector whose confidence for a crop is `confidence` of whether red is at the top.
    private func detector(box: Box? = nil, _ confidence: @escaping @Sendable (Bool) -> Float?) -> FakeDetector {
        FakeDetector { crop in
            // Both upper corners are red only if the crop is upright. They are inside the picture; the crop's edges are
            // not.
            let corners = [-30, 30].map { crop.pixels[(crop.width / 2 + $0 + 70 * crop.width) * 3] }
            let side = Float(crop.width)
            guard let confidence = confidence(corners.allSatisfy { $0 > 100 }) else { return [] }
            var found = face(x: side * 0.25, y: side * 0.25, side: side * 0.5, confidence: confidence)
            if let box { found.box = box }
            return [found]
        }
    }

    private let found = face(x: 60, y: 60, side: 80)

    @Test("An upright face gets a higher confidence than a turned one, and vice versa")
    func turned() async throws {
        let upright = FaceExaminer(turning: detector { $0 ? 0.9 : 0.6 }, confirming: nil)
        let evidence = try await upright.evidence(for: [found, found], in: Self.picture)
        #expect(evidence.count == 2 && evidence[0] == evidence[1])
        #expect(abs((evidence[0].turnedLead ?? 0) + 0.3) < 1e-6 && evidence[0].confirmation == nil)
        let turned = FaceExaminer(turning: detector { $0 ? 0.6 : 0.9 }, confirming: nil)
        #expect(abs((try await turned.evidence(for: [found], in: Self.picture)[0].turnedLead ?? 0) - 0.3) < 1e-6)
    }

    @Test("If no examination finds the face, it counts neither as turned nor as confirmed")
    func nothing() async throws {
        let blind = FaceExaminer(turning: detector { _ in nil }, confirming: detector { _ in nil })
        #expect(
            try await blind.evidence(for: [found], in: Self.picture)
                == [FaceEvidence(confirmation: 0, turnedLead: nil)])
        let none = FaceExaminer(turning: nil, confirming: nil)
        #expect(
            try await none.evidence(for: [found], in: Self.picture)
                == [FaceEvidence(confirmation: nil, turnedLead: nil)])
        #expect(try await none.evidence(for: [], in: Self.picture).isEmpty)
    }

    @Test("Only a face of the expected size at the expected place confirms")
    func place() async throws {
        let boxes = [
            (Box(x: 64, y: 64, width: 128, height: 128), Float(0.8)), (Box(x: 0, y: 0, width: 60, height: 60), 0),
            (Box(x: 120, y: 120, width: 16, height: 16), 0), (Box(x: -100, y: -100, width: 456, height: 456), 0),
        ]
        for (box, confidence) in boxes {
            let examiner = FaceExaminer(turning: nil, confirming: detector(box: box) { _ in 0.8 })
            #expect(try await examiner.evidence(for: [found], in: Self.picture)[0].confirmation == confidence)
        }
    }

    @Test("The remaining lean of a face comes from the eyes that the confirming detector found")
    func residual() async throws {
        for degrees in [-170, -40, 0, 25, 90] as [Float] {
            let confirming = FakeDetector { crop in
                let side = Float(crop.width), angle = degrees * .pi / 180
                var found = face(x: side * 0.25, y: side * 0.25, side: side * 0.5, confidence: 0.8)
                found.landmarks.rightEye = Point(
                    x: found.landmarks.leftEye.x + 40 * cos(angle), y: found.landmarks.leftEye.y + 40 * sin(angle))
                return [found]
            }
            let examiner = FaceExaminer(turning: nil, confirming: confirming)
            let residual = try #require(try await examiner.evidence(for: [found], in: Self.picture)[0].residualRoll)
            #expect(abs(residual - degrees) < 0.01)
        }
    }

    @Test("A face without extent is not confirmed")
    func degenerate() async throws {
        var point = found
        point.landmarks = point.landmarks.mapped { _ in Point(x: 5, y: 5) }
        let examiner = FaceExaminer(turning: detector { _ in 0.9 }, confirming: detector { _ in 0.9 })
        #expect(
            try await examiner.evidence(for: [point], in: Self.picture)
                == [FaceEvidence(confirmation: 0, turnedLead: nil)])
    }

    @Test("A finder with an examiner examines the selected faces")
    func finder() async throws {
        let find = FakeDetector { _ in [face(x: 60, y: 60, side: 80)] }
        let examiner = FaceExaminer(turning: nil, confirming: detector { _ in 0.7 })
        let off = FaceFinderConfiguration(enhancement: .off)
        let examining = FaceFinder(detector: find, configuration: off, examiner: examiner)
        #expect(try await examining.faces(in: Self.picture).faces.map(\.evidence?.confirmation) == [0.7])
        let plain = FaceFinder(detector: find, configuration: off)
        #expect(try await plain.faces(in: Self.picture).faces.map(\.evidence) == [nil])
    }
}

@Suite("Second examination by the networks", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct FaceExaminerNetworkTests {
    @Test(
        "Portraits are faces and upright; turned portraits are not upright unless they are searched for",
        arguments: [FaceFinderConfiguration.Enhancement.off, .auto])
    func portraits(enhancement: FaceFinderConfiguration.Enhancement) async throws {
        let finder = try await FaceFinder(
            installation: .locate(environment: ["LIKENESS_HOME": Fixtures.dependencies.path]),
            configuration: FaceFinderConfiguration(
                enhancement: enhancement, smallestFace: enhancement == .off ? .off : .auto, estimatesMasks: false,
                examinesFaces: true))
        for name in ["astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg"] {
            let image = try Image(contentsOf: Fixtures.portrait(name))
            for orientation in [Orientation.up, .right, .down, .left] {
                // A face that isn't found when it is turned can't be enrolled either.
                let analysis = try await finder.faces(in: image.oriented(orientation), selecting: .largest)
                let isUpright = orientation == .up || enhancement == .auto
                guard let evidence = analysis.faces.first?.evidence else {
                    #expect(!isUpright, "\(name)")
                    continue
                }
                let lead = try #require(evidence.turnedLead)
                #expect((lead <= 0) == isUpright, "\(name), \(orientation): \(lead)")
                if isUpright { #expect((evidence.confirmation ?? 0) > 0.8, "\(name), \(orientation)") }
            }
        }
    }

    @Test(
        "The lean of a head is measured within 15 degrees, whatever the first detector's landmarks are",
        arguments: [
            "biden.jpg", "obama.jpg", "obama2.jpg",
        ])
    func leaning(name: String) async throws {
        let finder = try await FaceFinder(
            installation: .locate(environment: ["LIKENESS_HOME": Fixtures.dependencies.path]),
            configuration: FaceFinderConfiguration(estimatesMasks: false, examinesFaces: true))
        let image = try Image(contentsOf: Fixtures.portrait(name))
        let upright = try #require(try await finder.faces(in: image, selecting: .largest).faces.first)
        let lean = upright.face.landmarks.roll + (upright.evidence?.residualRoll ?? 0)
        var told = 0
        for degrees in stride(from: Float(-60), through: 60, by: 20) {
            let angle = degrees * .pi / 180, middle = Float(image.width) / 2, down = Float(image.height) / 2
            // Around the middle of the picture.
            let turn = SimilarityTransform(
                a: cos(angle), b: sin(angle), tx: middle - cos(angle) * middle + sin(angle) * down,
                ty: down - sin(angle) * middle - cos(angle) * down)
            let turned = image.warped(by: turn, width: image.width, height: image.height)
            guard let found = try await finder.faces(in: turned, selecting: .largest).faces.first,
                let residual = found.evidence?.residualRoll
            else { continue }
            told += 1
            let error = found.face.landmarks.roll + residual - lean - degrees
            #expect(abs(error) < 15, "\(name) turned by \(degrees): \(found.face.landmarks.roll) + \(residual)")
        }
        #expect(told >= 4)
    }
}
