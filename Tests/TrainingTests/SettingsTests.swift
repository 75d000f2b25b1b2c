import Foundation
import LikenessSupport
import Testing

@testable import Training

@Suite struct ValidationSettingsTests {
    @Test func isDueByEpochsAndBySteps() {
        var settings = ValidationSettings()
        #expect((1...20).filter { settings.isDue(after: $0, stepsPerEpoch: 10) } == [10, 20])
        (settings.everyEpochs, settings.everySteps) = (2, 8)
        #expect((1...20).filter { settings.isDue(after: $0, stepsPerEpoch: 10) } == [8, 16, 20])
        (settings.everyEpochs, settings.everySteps) = (nil, nil)
        #expect(!settings.isDue(after: 10, stepsPerEpoch: 10))
    }

    @Test(arguments: [
        #""validation": {"everyEpochs": 9e18}"#, #""validation": {"everySteps": 9e18}"#,
        #""validation": {"measure": "a", "patience": 9e18}"#, #""checkpoints": {"everySteps": 9e18}"#,
        #""checkpoints": {"everySeconds": 1e300}"#, #""logEvery": 9e18"#, #""epochs": 9e18"#, #""batch": 9e18"#,
    ])
    func numbersThatWouldOverflowAreNamed(field: String) throws {
        let error = #expect(throws: ConfigurationError.self) {
            try RunConfiguration(Data(#"{"task": "toy", \#(field)}"#.utf8))
        }
        let name = try #require(field.split(separator: "\"").last { $0.first?.isLetter == true })
        #expect(error?.description.contains(name) == true, "\(String(describing: error))")
    }

    @Test func aGainIsMoreThanTheMinimum() {
        var settings = ValidationSettings()
        #expect(settings.isGain(0.1, over: nil))
        #expect(settings.isGain(0.6, over: 0.5) && !settings.isGain(0.5, over: 0.5))
        settings.minimumGain = 0.2
        #expect(!settings.isGain(0.6, over: 0.5))
        settings.goal = .smallest
        #expect(settings.isGain(0.2, over: 0.5) && !settings.isGain(0.4, over: 0.5))
    }
}
