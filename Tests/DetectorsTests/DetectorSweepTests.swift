import DetectorSweep
import Detectors
import Faces
import Foundation
import Pixels
import TestSupport
import Testing

/// Tests every detector on pictures of every size and content.
///
/// A failure names its case: `SweepHelper --case` repeats it, and `SweepHelper --seed` simplifies it.
@Suite(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct DetectorSweepTests {
    @Test func noPictureTrapsOrMisleadsADetector() async throws {
        let cache = try TemporaryFolder()
        let bench = try await SweepBench(
            dependencies: Fixtures.dependencies, street: Fixtures.root.appending(path: ".data/street"),
            cache: cache.url)
        let cases = SweepCase.cases(ofSweep: 15, counts: ["yunet": 900, "retinaface": 400, "mtcnn": 200])
        // Two tasks at once, each with its part in order, which compiles few networks.
        await withTaskGroup(of: Void.self) { group in
            for part in 0..<2 {
                group.addTask {
                    for index in stride(from: part, to: cases.count, by: 2) {
                        let complaints = await bench.complaints(about: cases[index])
                        #expect(complaints.isEmpty, "\(cases[index].line)")
                    }
                }
            }
        }
    }
}

struct SweepCaseTests {
    @Test func aSweepIsTheSameAlwaysAndCoversEverything() throws {
        let cases = (0..<3000).map { SweepCase($0, ofSweep: 7, detector: "yunet") }
        #expect(cases == (0..<3000).map { SweepCase($0, ofSweep: 7, detector: "yunet") })
        #expect(cases != (0..<3000).map { SweepCase($0, ofSweep: 8, detector: "yunet") })
        #expect(cases.allSatisfy { (1...5000).contains($0.width) && (1...5000).contains($0.height) })
        #expect(Set(cases.map(\.content)) == Set(SweepCase.Content.allCases))
        #expect(Set(cases.map(\.form)) == Set(SweepCase.Form.allCases))
        #expect(Set(cases.map(\.orientation)) == Set(Orientation.allCases))
        // Around each critical side of a detector.
        let sides = Set(cases.flatMap { [$0.width, $0.height] })
        for side in CriticalSides.all { #expect(sides.contains { abs($0 - side) <= 2 }, "\(side)") }
        #expect(CriticalSides.all.contains(640) && CriticalSides.all.contains(960) && CriticalSides.all.contains(320))
        for sweepCase in cases.prefix(20) { #expect(try SweepCase(line: sweepCase.line) == sweepCase) }
    }

    /// A failure of wide pictures that aren't flat is reduced to its least width and nothing else.
    @Test func aFailureIsMadeSimple() async {
        var failing = SweepCase(3, ofSweep: 1, detector: "yunet")
        (failing.width, failing.height, failing.content) = (4321, 1234, .crowd)
        let smallest = await failing.reduced(tries: 1000) { $0.width > 640 && $0.content != .flat }
        #expect(smallest.width == 641 && smallest.height == 1)
        #expect(smallest.content == .noise && smallest.form == .pixels && smallest.orientation == .up)
    }

    @Test func everyFormDecodesToThePictureThatWasDrawn() throws {
        let portrait = SweepMaterial.Portrait(
            image: Image(width: 40, height: 50, color: .white), face: Box(x: 10, y: 10, width: 20, height: 30))
        let material = SweepMaterial(portraits: [portrait], faceless: [])
        var sweepCase = SweepCase(0, ofSweep: 2, detector: "yunet")
        (sweepCase.width, sweepCase.height, sweepCase.content, sweepCase.faceSide) = (90, 70, .face, 30)
        for form in SweepCase.Form.allCases {
            for orientation in form == .exif ? Orientation.allCases : [.up] {
                (sweepCase.form, sweepCase.orientation) = (form, orientation)
                let picture = try material.picture(of: sweepCase)
                #expect(picture.image.width == 90 && picture.image.height == 70, "\(form)")
                let face = try #require(picture.faces.first)
                let place = (Int(face.center.y) * 90 + Int(face.center.x)) * 3
                #expect(picture.image.pixels[place..<place + 3].allSatisfy { $0 > 245 }, "\(form), \(orientation)")
                #expect(abs(face.area.squareRoot() - 30) < 1)
            }
        }
    }

    @Test func complaintsAreAboutWhatIsWrong() throws {
        var sweepCase = SweepCase(0, ofSweep: 2, detector: "yunet")
        (sweepCase.width, sweepCase.height, sweepCase.content) = (300, 200, .face)
        let face = Box(x: 100, y: 50, width: 60, height: 80)
        let picture = SweepPicture(image: Image(width: 300, height: 200), faces: [face])
        let landmarks = Landmarks(points: [Point](repeating: Point(x: 120, y: 80), count: 5))
        let found = Face(box: face, confidence: 0.9, landmarks: landmarks)
        #expect(sweepCase.complaints(about: [found], in: picture).isEmpty)
        #expect(sweepCase.complaints(about: [], in: picture).count == 1)
        var absurd = found
        absurd.box.x = .nan
        #expect(!sweepCase.complaints(about: [found, absurd], in: picture).isEmpty)
        absurd = found
        absurd.confidence = 1.5
        #expect(!sweepCase.complaints(about: [absurd], in: picture).isEmpty)
        sweepCase.content = .flat
        #expect(sweepCase.complaints(about: [found], in: picture).count == 1)
    }
}
