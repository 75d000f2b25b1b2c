import Faces
import Foundation
import Testing

@Suite("Calibrations in cards that contradict themselves")
struct MatchCalibrationDecodingTests {
    private static func json(points: String, people: String = "3") -> Data {
        Data(
            """
            {"points": [\(points)], "data": "", "people": 2, "pictures": 4, "impostorPairs": 10, "peoplePairs": \(people),
             "matedPairs": 2, "conditions": "", "remark": "", "command": ""}
            """.utf8)
    }

    private static func point(_ rate: String, _ threshold: String, missed: String = "0.1") -> String {
        "{\"falseMatchRate\": \(rate), \"threshold\": \(threshold), \"falseNonMatchRate\": \(missed)}"
    }

    private static func decoded(_ data: Data) throws -> MatchCalibration {
        try JSONDecoder().decode(MatchCalibration.self, from: data)
    }

    @Test("Falling rates with rising thresholds are read, and written as they were")
    func valid() throws {
        let calibration = try Self.decoded(
            Self.json(points: [Self.point("0.1", "0.2"), Self.point("0.01", "0.3")].joined(separator: ",")))
        #expect(calibration.points.map(\.threshold) == [0.2, 0.3])
        #expect(try Self.decoded(JSONEncoder().encode(calibration)) == calibration)
        #expect(try Self.decoded(Self.json(points: "")).points.isEmpty)
    }

    @Test(
        "Others are refused",
        arguments: [
            point("0.1", "-2"), point("0.1", "5"), point("2", "0.5"), point("0", "0.5"), point("-0.1", "0.5"),
            point("0.1", "0.5", missed: "7"), point("0.1", "0.2") + "," + point("0.1", "0.3"),
            point("0.01", "0.2") + "," + point("0.1", "0.3"), point("0.1", "0.3") + "," + point("0.01", "0.2"),
        ])
    func invalid(points: String) {
        #expect(throws: DecodingError.self) { try Self.decoded(Self.json(points: points)) }
    }

    @Test("A negative count is refused")
    func count() {
        #expect(throws: DecodingError.self) {
            try Self.decoded(Self.json(points: Self.point("0.1", "0.2"), people: "-1"))
        }
    }
}
