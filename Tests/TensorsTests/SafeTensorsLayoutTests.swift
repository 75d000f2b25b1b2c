import Foundation
import Testing

@testable import Tensors

@Suite struct SafeTensorsLayoutTests {
    @Test func shapesThatNoTensorHasTakeNoBytes() {
        let element = Tensor.Element.float32
        #expect(element.bytes(of: []) == 4 && element.bytes(of: [2, 3]) == 24 && element.bytes(of: [2, 0, 3]) == 0)
        for shape in [[-1], [.max], [.max, 0], [0, .max, 2], [1 << 40, 1 << 40], [Int](repeating: 1, count: 65)] {
            #expect(element.bytes(of: shape) == nil, "\(shape)")
        }
    }

    @Test func rangesAreThoseOfTheData() throws {
        let header = Data(#"{"a": {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}}"#.utf8)
        let file = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header + Data([7, 8])
        // Slices of data have other indices than whole data.
        for data in [file, (Data([1, 2, 3]) + file).dropFirst(3)] {
            let layout = try SafeTensorsLayout(data, name: "it")
            #expect(layout.entries.map { Data(data[$0.range]) } == [Data([7, 8])])
        }
    }
}
