import Evaluation
import Explanations
import Faces
import Foundation
import Measurements
import Pixels
import Testing

@Suite("Faithfulness of maps")
struct TruthTests {
    private func trials(lying: Bool, count: Int = 12) async throws -> [TruthTrial] {
        let embedder = try WindowEmbedder(Box(x: 0.3, y: 0.3, width: 0.3, height: 0.3))
        let test = TruthTest(Explainer(embedder))
        var trials: [TruthTrial] = []
        for index in 0..<count {
            let face = HidableFace(try aligned(blocks(UInt64(index + 1))))
            let own = try await embedder.embeddings(of: [face.face])[0]
            var map = try await test.explainer.map(of: face, against: own)
            if lying {
                map = SimilarityMap(
                    similarity: map.similarity, cells: CellMap(values: map.cells.values.map { -$0 }),
                    regions: map.regions)
            }
            trials.append(
                try await test.trial(
                    of: map, face, against: own, foreign: index == 0 ? nil : map.cells, person: "\(index / 2)",
                    index: index))
        }
        return trials
    }

    @Test("Faithful maps lose more than anything random with every fill, and delete faster")
    func truth() async throws {
        let trials = try await trials(lying: false)
        let report = try TruthReport(trials)
        #expect(report.holds)
        #expect(report.faces == 12 && report.people == 6)
        #expect(report.hidden.map(\.fill) == HidingFill.allCases)
        for hidden in report.hidden {
            #expect(hidden.controls.map(\.control) == TruthControl.allCases)
            for control in hidden.controls where control.control != .otherFace {
                #expect(abs(hidden.loss - control.loss - control.difference) < 1e-6)
                #expect(control.interval.low <= control.difference && control.difference <= control.interval.high)
                #expect(control.wins > 0.8)
            }
        }
        #expect(report.deletion.fill != Explainer.usualFill)
        #expect(report.deletion.map < report.deletion.random && report.deletion.interval.low > 0)
        for trial in trials {
            #expect(trial.deletion.map.count == TruthTest.deletionSteps + 1)
            #expect(trial.deletion.map.first == trial.similarity && trial.deletion.random.first == trial.similarity)
            #expect(trial.deletion.map.last == trial.deletion.random.last)
        }
        #expect(try await self.trials(lying: false) == trials, "equal seeds draw alike")
    }

    @Test("Wrong maps are detected")
    func lies() async throws {
        let report = try TruthReport(try await trials(lying: true))
        #expect(!report.holds)
        #expect(report.hidden.allSatisfy { $0.controls.allSatisfy { $0.control == .otherFace || $0.difference < 0 } })
    }

    @Test("A report without trials is refused")
    func empty() {
        #expect(throws: EvaluationError.noMatedPairs) { try TruthReport([]) }
    }

    @Test("The report is encoded as JSON and decoded again")
    func json() async throws {
        let report = try TruthReport(try await trials(lying: false, count: 3))
        let read = try JSONDecoder().decode(TruthReport.self, from: JSONEncoder().encode(report))
        #expect(read.faces == report.faces && read.hidden.count == report.hidden.count && read.holds == report.holds)
    }
}
