import Faces
import Foundation
import Testing

@Suite("The input in a card")
struct ModelInputTests {
    private func input(_ fields: String) throws -> ModelInput {
        try JSONDecoder().decode(
            ModelInput.self,
            from: Data(
                #"{"name": "x", "layout": "nchw", "channels": "rgb", "normalization": "fixed"\#(fields)}"#.utf8))
    }

    @Test("The input is encoded and decoded again")
    func roundTrip() throws {
        let input = try input(#", "width": 112, "height": 96, "mean": [1, 2, 3], "scale": [0.5, 0.5, 1], "note": "n""#)
        #expect(try JSONDecoder().decode(ModelInput.self, from: JSONEncoder().encode(input)) == input)
        #expect(input.width == 112 && input.height == 96 && input.mean == [1, 2, 3] && input.note == "n")
        #expect(try self.input("").mean == nil)
    }

    @Test(
        "Numbers that can't be applied are refused with their field",
        arguments: [
            (#", "mean": []"#, "mean"), (#", "mean": [1, 2]"#, "mean"), (#", "scale": [1, 2, 3, 4]"#, "scale"),
            (#", "width": 0"#, "width"), (#", "width": 9223372036854775807"#, "width"), (#", "height": -1"#, "height"),
        ])
    func refused(fields: String, name: String) {
        let error = #expect(throws: DecodingError.self) { try input(fields) }
        #expect(error.map { "\($0)" }?.contains(name) == true)
    }

    @Test("The side and margin of templates must be valid")
    func templates() {
        for text in [
            "arcface-0", "arcface-4097", "arcface-9223372036854775807", "box-112-1e30", "loose-112--0.5",
            "loose-112-nan", "box-112-inf",
        ] {
            #expect(AlignmentTemplate(text) == nil, "\(text)")
        }
        #expect(AlignmentTemplate("arcface-4096") == .arcface(size: 4096))
    }
}
