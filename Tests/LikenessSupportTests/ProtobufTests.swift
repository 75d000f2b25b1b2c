import Foundation
import LikenessSupport
import Testing

@Suite("Protocol Buffers' wire format") struct ProtobufTests {
    private func fields(_ data: Data) -> [String] {
        ProtobufFields(data).map { number, value in
            switch value {
            case .integer(let integer): "\(number): \(integer)"
            case .bytes(let bytes): "\(number): '\(String(decoding: bytes, as: UTF8.self))'"
            case .fixed: "\(number): fixed"
            }
        }
    }

    @Test("The documentation's example: field 1 holds 150") func example() {
        var message = ProtobufMessage()
        message.integer(1, 150)
        #expect(Array(message.data) == [0x08, 0x96, 0x01])
        #expect(fields(message.data) == ["1: 150"])
    }

    @Test("What is written is read") func roundTrip() {
        var message = ProtobufMessage()
        message.integer(1, -1)
        message.float(2, 1.5)
        message.string(16, "name")
        message.message(3) { $0.integer(1, 7) }
        #expect(fields(message.data) == ["1: -1", "2: fixed", "16: 'name'", "3: '\u{8}\u{7}'"])
        // A slice does not begin at zero.
        #expect(fields((Data([9, 9]) + message.data).dropFirst(2)).count == 4)
    }

    @Test(
        "A damaged message ends, and says so",
        arguments: [[0x08], [0x0A, 5, 1], [0x0D, 1, 2], [0x09, 1], [0x0B], [UInt8](repeating: 0xFF, count: 12)])
    func damage(bytes: [UInt8]) {
        var message = ProtobufFields(Data([0x08, 1] + bytes))
        #expect(message.next()?.number == 1)
        #expect(message.next() == nil)
        #expect(message.isDamaged)
    }
}
