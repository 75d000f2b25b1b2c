internal import Foundation
internal import LikenessSupport

/// The fields of one message by number, each in the order of the bytes.
struct ProtobufTable {
    private var integers: [Int: [Int]] = [:]
    private var bytes: [Int: [Data]] = [:]
    private var floats: [Int: [Float]] = [:]

    /// Parses a message; `nil` if the bytes are not one.
    init?(_ data: Data) {
        var fields = ProtobufFields(data)
        while let (number, value) = fields.next() {
            switch value {
            case .integer(let integer): integers[number, default: []].append(integer)
            case .bytes(let data): bytes[number, default: []].append(data)
            case .fixed(let data) where data.count == 4:
                let bits = data.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                floats[number, default: []].append(Float(bitPattern: bits))
            case .fixed: break
            }
        }
        guard !fields.isDamaged else { return nil }
    }

    /// The integers of a field.
    func integers(_ field: Int) -> [Int] { integers[field] ?? [] }

    /// The texts, messages and packed numbers of a field.
    func bytes(_ field: Int) -> [Data] { bytes[field] ?? [] }

    /// The first number of 4 bytes of a field.
    func float(_ field: Int) -> Float? { floats[field]?.first }

    /// The first text of a field.
    func text(_ field: Int) -> String? { bytes(field).first.map { String(decoding: $0, as: UTF8.self) } }

    /// The texts of a field.
    func texts(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }
}
