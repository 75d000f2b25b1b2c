import Foundation
import Metaheuristics
import Testing
import Training
import Tuning

@Suite struct TunedFieldTests {
    @Test func rangesAreReadAsTheyAreWritten() throws {
        func domain(_ text: String) throws -> SearchVariable.Domain { try TunedField(text).variable.domain }
        #expect(try domain("settings.neurons=5...225") == .integer(5...225))
        #expect(try domain("optimizer.weightDecay=0...0.1") == .real(0...0.1))
        #expect(try domain("schedule.rate=log:1e-4...1e-2") == .logarithmic(1e-4...1e-2))
        #expect(try domain("batch=log:16...256") == .logarithmicInteger(16...256))
        #expect(try domain("settings.miner=semiHard|hard") == .category(["semiHard", "hard"]))
        #expect(try TunedField("settings.neurons=5...225").variable.name == "settings.neurons")
    }

    @Test(arguments: [
        "epochs", "epochs=", "=1...2", "epochs=5", "epochs=9...2", "epochs=a...b", "rate=log:0...1", "kind=|",
        "kind=a|a", "settings.neurons=5...9223372036854775807", "a=9007199254740993...9007199254740992",
        "a=-1.7e308...1.7e308", "a=nan...1", "a=1...inf",
        "task=a|b", "seeds=1...5", "settings.stages.picturesPerPerson=2...8", "settings.fold=0...4",
    ])
    func whatIsNoFieldIsRefused(text: String) {
        #expect(throws: TuningError.self) { try TunedField(text) }
    }

    @Test func theUsualFieldsAreThoseOfDSAEAN() throws {
        let fields = try TunedField.usual(task: "t", fields: ["settings.a", "settings.inner.neurons"])
        #expect(fields.map(\.variable.name) == ["settings.inner.neurons", "epochs", "stepsPerEpoch"])
        #expect(fields.map(\.variable.domain) == [.integer(5...225), .integer(5...50), .integer(5...250)])
        #expect(throws: TuningError.self) { try TunedField.usual(task: "t", fields: ["settings.width"]) }
    }

    @Test func costsFallWhereMeasuresGetBetter() {
        #expect(Tuner.cost(of: 0.8, goal: .largest) == 1.25)
        #expect(Tuner.cost(of: 0.2, goal: .smallest) == 0.2)
        #expect(!Tuner.cost(of: 0, goal: .largest).isFinite, "an accuracy of 0 is a failure, not a bargain")
    }

    @Test func fieldsOfAFileAreChangedAndOthersLeft() throws {
        let file = try RunFile(Data(#"{"task": "t", "epochs": 3, "settings": {"a": {"b": 1}, "c": "x"}}"#.utf8))
        let changed = try file.changing([
            "settings.a.b": .number(7), "settings.new.deep": .text("y"), "stepsPerEpoch": .number(12),
        ])
        let configuration = try RunConfiguration(changed)
        #expect(configuration.stepsPerEpoch == 12 && configuration.epochs == 3 && configuration.task == "t")
        let text = String(decoding: changed, as: UTF8.self).filter { !$0.isWhitespace }
        #expect(text.contains(#""settings":{"a":{"b":7},"c":"x","new":{"deep":"y"}}"#))
        #expect(throws: ConfigurationError.self) { try file.changing(["epochs.inner": .number(1)]) }
    }
}
