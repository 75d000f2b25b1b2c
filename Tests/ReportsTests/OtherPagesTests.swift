import Evaluation
import Faces
import Foundation
import Plots
import Testing

@testable import Reports

@Suite struct OtherPagesTests {
    /// Returns unit vectors on a circle: close ones are similar.
    private func circle(_ angles: [Double]) -> [Float] { angles.flatMap { [Float(cos($0)), Float(sin($0))] } }

    private var model: MeasuredModel {
        get throws { MeasuredModel(card: try Made.card("sface"), conditions: []) }
    }

    @Test func allPairs() async throws {
        let angles: [Double] = (0..<60).map { (place: Int) -> Double in
            let person = Double(place / 3), picture = Double(place % 3)
            return person * 0.3 + picture * 0.08
        }
        let labels = (0..<60).map { "\($0 / 3)" }
        let figures = try await AllPairsReport(embeddings: circle(angles), dimension: 2, labels: labels)
        let measurement = AllPairsMeasurement(model: try model, report: figures, failedImages: 2)
        let report = Report(allPairs: [measurement], provenance: Made.provenance)
        let html = report.page.html
        for part in ["60 pictures of 20 people", "1,710", "60 mated pairs", "left out", "rule of 30", "190"] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(Set(report.plots.keys) == ["roc", "det", "histogram"])
        let counts = try #require(report.tables["histogram"]).dropFirst()
        func sum(_ column: Int) -> Int {
            var sum = 0
            for row in counts { sum += Int(row[column]) ?? 0 }
            return sum
        }
        #expect(sum(3) == 60)
        #expect(sum(4) == 1710)
    }

    @Test(arguments: [true, false]) func identification(hasStrangers: Bool) throws {
        let people = (0..<20).map { "\($0)" }
        var searches: [IdentificationSearch] = []
        for index in 0..<400 {
            // Every seventh is closer to somebody else; strangers have no mate.
            let own: Float = index % 7 == 0 ? 0.2 : 0.8
            var similarities: [Float] = []
            for place in people.indices {
                let isOwn = place == index % 20 && index < 40
                similarities.append(isOwn ? own : Float(place) / 50)
            }
            let subject = hasStrangers && index >= 40 ? "stranger" : people[index % 20]
            searches.append(IdentificationSearch(subject: subject, similarities: similarities, people: people))
        }
        let mated = searches.filter(\.isMated)
        let closed = try ClosedSetIdentification(hasStrangers ? mated : searches, enrolledPeople: 20, ranks: 10)
        let open = try hasStrangers ? OpenSetIdentification(searches, enrolledPeople: 20) : nil
        let points = try open.map { [try $0.point(falsePositiveIdentificationRate: 0.01)] } ?? []
        let measurement = IdentificationMeasurement(
            model: try model, closedSet: closed, openSet: open, points: points, refused: ["too <few>"], rank: 1,
            counts: [Page.Fact("Seed", "1")])
        let report = Report(identification: measurement, provenance: Made.provenance)
        let html = report.page.html
        for part in ["Rank 1", "Rank 10", "too &lt;few&gt;", "Seed"] { #expect(html.contains(part), "\(part)") }
        #expect(html.contains("At FPIR") == hasStrangers)
        #expect(Set(report.plots.keys) == (hasStrangers ? ["cmc", "fnir"] : ["cmc"]))
        #expect(report.tables["cmc"]?.count == 11)
    }

    @Test func classification() async throws {
        var pictures: [ClosedSetClassification.Picture] = []
        for person in 0..<6 {
            for index in 0..<5 {
                // The last picture of the last person looks like the first person.
                let isLost = person == 5 && index == 4
                let vector = circle([(isLost ? 0 : Double(person)) + Double(index) * 0.05])
                let name = person == 5 ? Made.hostile : "person \(person)"
                pictures.append(.init(person: name, embedding: vector, tested: vector))
            }
        }
        let result = try await ClosedSetClassification(pictures, division: .folds(5), ridges: [0.1], seeds: [1, 2])
        let measurement = ClassificationMeasurement(
            model: try model, result: result, counts: [Page.Fact("Seeds", "1 to 2")],
            confused: [
                PicturePair(
                    first: PicturePair.Picture(name: Made.hostile, thumbnail: nil),
                    second: PicturePair.Picture(name: "b.jpg", thumbnail: nil), captions: ["2 of 10 tests"])
            ])
        let report = Report(classification: measurement, provenance: Made.provenance)
        #expect(report.plots["ranks"]?.series.map(\.name) == ["softmax", "nearest-mean"])
        #expect(report.tables["ranks"]?.count == 7 && report.tables["confusions"]?.count == 2)
        #expect(report.tables["confusions"]?[1] == [Made.hostile, "person 0", "2", "10"])
        let html = report.page.html
        for part in ["among 6 people", "macroF1", "The most confused pairs", "2 of 10 tests", "nearest mean"] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains(Made.hostile))
    }
}
