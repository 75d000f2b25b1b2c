import Foundation
import LikenessRecords
import LikenessSupport
import Testing

@Suite("Records of any content")
struct RoundTripTests {
    @Test("After random changes to an example, the decoded record is encoded as the same JSON", arguments: 1...5)
    func changed(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        for entry in try Entry.all() {
            var json = try entry.data.json()
            for _ in 0..<60 {
                let other = json.changed(by: &generator)
                // A change that makes it another kind of record does not count.
                if (try? entry.check(entry.type, JSONEncoder().encode(other))) != nil { json = other }
            }
            try check(entry.type, json, "\(entry), seed \(seed)")
        }
    }

    private func check<Value: Record>(_ type: Value.Type, _ json: JSONValue, _ name: Comment) throws {
        let value = try JSONDecoder.likeness.decode(type, from: JSONEncoder().encode(json))
        let encoded = try JSONEncoder.likeness.encode(value)
        #expect(try JSONDecoder.likeness.decode(type, from: encoded) == value, name)
        #expect(try json.differences(from: encoded.json()) == [], name)
    }

    @Test("An unknown value is null if its field is always present, and left out otherwise")
    func nulls() throws {
        func text(_ record: some Encodable) throws -> String {
            String(decoding: try JSONEncoder.likeness.encode(record), as: UTF8.self)
        }
        #expect(
            try text(IdentificationRecord(threshold: 0.5))
                == #"{"condition":null,"falseMatchRate":null,"identity":null,"margin":null,"nearest":null,"#
                + #""probability":null,"remark":null,"similarity":null,"threshold":0.5}"#)
        #expect(
            try text(DecisionRecord(similarity: 0.25, threshold: 0.5, match: false, prior: 0.5))
                == #"{"condition":null,"falseMatchRate":null,"match":false,"prior":0.5,"probability":null,"#
                + #""remark":null,"similarity":0.25,"threshold":0.5}"#)
        #expect(
            try text(CacheRecord(kind: "digests", bytes: 3, path: "/a/b"))
                == #"{"bytes":3,"entries":null,"kind":"digests","lastUsed":null,"model":null,"path":"/a/b"}"#)
        #expect(
            try text(GeneratedFaceRecord(lowerFaceChange: 0.5))
                == #"{"lowerFaceChange":0.5,"maskProbabilityAfter":null,"maskProbabilityBefore":null}"#)
        #expect(try text(ErrorRecord(code: "a", message: "b")) == #"{"code":"a","message":"b"}"#)
        #expect(
            try text(ErrorRecord(code: "a", message: "b", remedy: "c")) == #"{"code":"a","message":"b","remedy":"c"}"#)
        #expect(try text(PictureRecord(image: "a.jpg", faces: [])) == #"{"faces":[],"image":"a.jpg"}"#)
        #expect(try text(TrainingRecord.Spread(mean: 1.5, values: [1.5])) == #"{"mean":1.5,"values":[1.5]}"#)
    }

    @Test("Numbers that JSON can't represent are texts")
    func strangeNumbers() throws {
        let summary = SummaryRecord(runs: 1, best: .infinity, worst: -.infinity, mean: .nan, median: 0)
        let data = try JSONEncoder.likeness.encode(summary)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"best":"inf","mean":"nan","median":0,"runs":1,"worst":"-inf"}"#)
        let read = try JSONDecoder.likeness.decode(SummaryRecord.self, from: data)
        #expect(read.best == .infinity && read.worst == -.infinity && read.mean.isNaN)
    }

    @Test("A setting is encoded as the plain number or text")
    func settings() throws {
        let settings: [String: SettingRecord] = ["a": .integer(3), "b": .real(0.25), "c": .name("hard")]
        let data = try JSONEncoder.likeness.encode(settings)
        #expect(String(decoding: data, as: UTF8.self) == #"{"a":3,"b":0.25,"c":"hard"}"#)
        #expect(try JSONDecoder.likeness.decode([String: SettingRecord].self, from: data) == settings)
    }

    @Test("The output of a batch is read line by line, as the documentation says")
    func lines() throws {
        let output = """
            {"detector":"yunet","enhancement":"none","faces":[],"height":48,"image":"blank.png","precision":"bf16",\
            "timings":{"align":0,"decode":0.001,"detect":0.02,"embed":0},"width":64}
            {"error":{"code":"not_an_image","message":"It is no picture."},"image":"notes.txt"}

            """
        let decoder = JSONDecoder.likeness
        var pictures: [PictureRecord] = []
        for line in output.split(whereSeparator: \.isNewline) {
            pictures.append(try decoder.decode(PictureRecord.self, from: Data(line.utf8)))
        }
        #expect(pictures.map(\.image) == ["blank.png", "notes.txt"])
        #expect(pictures[0].width == 64 && pictures[0].faces == [] && pictures[0].error == nil)
        #expect(pictures[1].faces == nil && pictures[1].error?.code == "not_an_image")
    }

    @Test("A newer version's fields, and dates, are read")
    func dates() throws {
        let text =
            #"{"id":"1","name":"Ada","metadata":{},"templates":2,"created":"2026-01-31T12:00:00Z","color":"red"}"#
        let person = try JSONDecoder.likeness.decode(PersonRecord.self, from: Data(text.utf8))
        #expect(person.created == Date(timeIntervalSince1970: 1_769_860_800))
    }
}
