import Foundation
import Tensors
import Testing

@testable import Training

@Suite struct RunConfigurationTests {
    private func configuration(_ json: String) throws -> RunConfiguration { try RunConfiguration(Data(json.utf8)) }

    private func message(_ json: String) -> String {
        do {
            _ = try configuration(json)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    private struct ToySettings: ConfigurationSection, Hashable {
        struct Layer: Codable, Hashable {
            var width = 4
            var isGated = true
        }
        enum Loss: Codable, Hashable {
            case softmax
            case arcFace(scale: Double, margin: Double)
        }

        var data = "somewhere"
        var rates: [String: Double] = [:]
        var layer = Layer()
        var loss = Loss.arcFace(scale: 64, margin: 0.5)
        var miner = TripletMiner.semiHard
        var limit: Int?

        func check(_ fields: FieldChecks) throws { try fields["layer"]["width"].expect(layer.width, in: 1...8) }
    }

    @Test func onlyTheTaskMustBeThere() throws {
        let found = try configuration(#"{"task": "toy"}"#)
        var expected = RunConfiguration()
        expected.task = "toy"
        #expect(found == expected)
        #expect(message("{}") == "the field task is missing from the configuration")
    }

    @Test func readsWhatAPersonWrites() throws {
        let found = try configuration(
            """
            {"task": "toy", "seeds": [1, 2, 3], "epochs": 5, "batch": 8, "clip": 1.5, "precision": "bf16",
             "optimizer": {"kind": "sgd", "momentum": 0.8},
             "schedule": {"kind": "steps", "rate": 0.1, "at": [0.4, 0.8]},
             "checkpoints": {"everySteps": 7, "everySeconds": null},
             "validation": {"measure": "accuracy", "patience": 3}}
            """)
        #expect(found.seeds == [1, 2, 3] && found.epochs == 5 && found.batch == 8 && found.clip == 1.5)
        #expect(found.precision == .bf16 && found.device == .cpu)
        #expect(found.optimizer.configuration == .sgd(momentum: 0.8, weightDecay: 0, nesterov: false))
        #expect(found.schedule.schedule == LearningRateSchedule(rate: 0.1, decay: .steps(at: [0.4, 0.8], factor: 0.1)))
        #expect(found.checkpoints.everySteps == 7 && found.checkpoints.everySeconds == nil)
        #expect(found.checkpoints.keep == 2)
        #expect(found.validation.everyEpochs == 1 && found.validation.patience == 3)
    }

    @Test func anOptimizerKeepsItsOwnDefaults() throws {
        let found = try configuration(#"{"task": "toy", "optimizer": {"kind": "adam", "weightDecay": 1e-5}}"#)
        #expect(found.optimizer.configuration == .adam(weightDecay: 1e-5))
        let other = try configuration(#"{"task": "toy", "optimizer": {"weightDecay": 0.2}}"#)
        #expect(other.optimizer.configuration == .adamW(weightDecay: 0.2))
    }

    @Test(arguments: [
        (
            #"{"task": "t", "epoch": 3}"#,
            "the configuration has no field epoch: did you mean epochs?"
        ),
        (
            #"{"task": "t", "optimizer": {"kind": "adamW", "weight_decay": 0.1}}"#,
            "the configuration has no field optimizer.weight_decay: did you mean optimizer.weightDecay?"
        ),
        (
            #"{"task": "t", "optimizer": {"kind": "sgd", "beta1": 0.1}}"#,
            "the configuration has no field optimizer.beta1"
        ),
        (#"{"task": "t", "clpi": 3}"#, "the configuration has no field clpi: did you mean clip?"),
        (
            #"{"task": "t", "epochs": "many"}"#,
            "the configuration's field epochs is \"many\", but a whole number is needed"
        ),
        (#"{"task": "t", "epochs": 1.5}"#, "the configuration's field epochs is 1.5, but a whole number is needed"),
        (#"{"task": "t", "epochs": -1}"#, "the configuration's field epochs is -1, but must be from 0 to 1000000"),
        (#"{"task": "t", "clip": -1}"#, "the configuration's field clip is -1.0, but must be above 0"),
        (
            #"{"task": "t", "optimizer": {"kind": "adma"}}"#,
            "the configuration's field optimizer.kind is \"adma\", but must be one of adam, adamW, sgd"
        ),
        (
            #"{"task": "t", "precision": "fp16"}"#,
            "the configuration's field precision is \"fp16\", but must be one of f32, bf16"
        ),
        (
            #"{"task": "t", "schedule": {"kind": "cosine"}}"#,
            "the field schedule.rate is missing from the configuration"
        ),
        (
            #"{"task": "t", "schedule": {"kind": "steps", "rate": 1, "at": [2]}}"#,
            "the configuration's field schedule.at is [2.0], but must be shares of the run from 0 to 1, in ascending order"
        ),
        (
            #"{"task": "t", "seeds": [1, "two"]}"#,
            "the configuration's field seeds.1 is \"two\", but a whole number is needed"
        ),
        (
            #"{"task": "t", "seeds": []}"#,
            "the configuration's field seeds is [], but must be one or more numbers, each once"
        ),
        (#"{"task": "t", "optimizer": 3}"#, "the configuration's field optimizer is 3, but an object is needed"),
        ("[1]", "the configuration's field (the whole file) is a list, but an object is needed"),
        (
            #"{"task": "t", "validation": {"patience": 2}}"#,
            "the configuration's field validation.patience is 2, but must be left out if validation.measure is left out"
        ),
    ]) func saysWhichFieldIsWrong(json: String, expected: String) { #expect(message(json) == expected) }

    @Test func brokenJSONIsSaidToBe() {
        #expect(message(#"{"task": "t", "#).hasPrefix("the configuration can't be read: it is not valid JSON"))
    }

    // MARK: A task's settings

    private func settings(_ json: String) throws -> ToySettings {
        try configuration(#"{"task": "t", "settings": \#(json)}"#).settings(ToySettings.self)
    }

    private func settingsMessage(_ json: String) -> String {
        do {
            _ = try settings(json)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func settingsFallBackFieldByField() throws {
        #expect(try configuration(#"{"task": "t"}"#).settings(ToySettings.self) == ToySettings())
        let found = try settings(
            #"{"layer": {"width": 2}, "limit": 3, "rates": {"a": 1, "b": 2}, "loss": {"arcFace": {"margin": 0.3}}}"#)
        #expect(found.layer == ToySettings.Layer(width: 2, isGated: true))
        #expect(found.limit == 3 && found.rates == ["a": 1, "b": 2] && found.data == "somewhere")
        #expect(found.loss == .arcFace(scale: 64, margin: 0.3))
        #expect(try settings(#"{"loss": {"softmax": {}}}"#).loss == .softmax)
    }

    @Test func settingsAreCheckedUnderTheirPath() {
        #expect(
            settingsMessage(#"{"layer": {"widht": 2}}"#)
                == "the configuration has no field settings.layer.widht: did you mean settings.layer.width?")
        #expect(
            settingsMessage(#"{"layer": {"width": 9}}"#)
                == "the configuration's field settings.layer.width is 9, but must be from 1 to 8")
        #expect(
            settingsMessage(#"{"miner": "hard"}"#)
                == "the configuration's field settings.miner is \"hard\", but must be one of batchAll, batchHard, semiHard"
        )
        #expect(
            settingsMessage(#"{"limt": 2}"#)
                == "the configuration has no field settings.limt: did you mean settings.limit?")
    }

    @Test func survivesAWayToJSONAndBack() throws {
        var value = try configuration(#"{"task": "t", "clip": 2, "schedule": {"kind": "cosine", "rate": 0.1}}"#)
        try value.setSettings(ToySettings(limit: 4))
        let back = try RunConfiguration(JSONEncoder().encode(value))
        #expect(back == value)
        #expect(try back.settings(ToySettings.self).limit == 4)
    }

    @Test func onlyWhatChangesARunIsADifference() throws {
        let one = try configuration(#"{"task": "t", "threads": 1}"#)
        var other = one
        (other.threads, other.prefetch, other.checkpoints.keep) = (2, 9, 5)
        #expect(try one.difference(from: other) == nil)
        other.optimizer = OptimizerSettings(.adamW(weightDecay: 0.5))
        #expect(try one.difference(from: other) == "optimizer.weightDecay")
    }
}
