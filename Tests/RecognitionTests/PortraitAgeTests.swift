import Faces
import Foundation
import Recognition
import TestSupport
import Testing

private let hasAgeClassifier = FileManager.default.fileExists(
    atPath: Fixtures.model("age-classifier", "card.json").path)

@Suite("Ages by the installed network", .enabled(if: hasAgeClassifier, Comment(rawValue: Fixtures.needsSetUp)))
struct PortraitAgeTests {
    private static let portraits = [
        "astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg", "obama_partial_face.jpg",
        "obama_partial_face2.jpg",
    ]

    private func finder(_ configuration: FaceFinderConfiguration) async throws -> FaceFinder {
        try await FaceFinder(
            installation: .locate(environment: ["LIKENESS_HOME": Fixtures.dependencies.path]),
            configuration: configuration)
    }

    @Test(
        "No adult in the portraits is classified as a child, whichever detector finds the face",
        arguments: ["yunet", "mtcnn", "retinaface"])
    func adults(detector: String) async throws {
        // In bf16, MTCNN's landmarks move by 2 pixels, and one probability of 0.39 becomes 0.61.
        let finder = try await finder(
            FaceFinderConfiguration(detector: detector, precision: .f32, estimatesMasks: false))
        var found: [Float] = []
        for name in Self.portraits {
            let faces = try await finder.faces(in: .file(Fixtures.portrait(name)), selecting: .largest).faces
            for face in faces {
                let probability = try #require(face.context.childProbability)
                #expect((0..<0.5).contains(probability), "\(name): \(probability)")
                found.append(probability)
            }
        }
        #expect(found.count >= 6)
        #expect(found.sorted()[found.count / 2] < 0.1, "most are far from it")
    }

    @Test("The network can be left out: the age is then unknown, and nothing else changes")
    func leftOut() async throws {
        let source = PictureSource.file(Fixtures.portrait("obama.jpg"))
        let with = try await finder(FaceFinderConfiguration()).faces(in: source)
        let without = try await finder(FaceFinderConfiguration(estimatesAges: false)).faces(in: source)
        #expect(with.faces.map(\.context.childProbability) != [nil])
        var expected = with.faces.map(\.context)
        for index in expected.indices { expected[index].childProbability = nil }
        #expect(without.faces.map(\.context) == expected)
    }
}
