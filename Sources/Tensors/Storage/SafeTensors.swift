public import Foundation

/// Named tensors in one file, as the safetensors format lays them out: the length of a JSON header (8 bytes, little
/// endian), the header, the elements, of all tensors without a gap. Reading runs no code of the file's, and every offset
/// is checked.
public struct SafeTensors {
    /// The tensors by name.
    public var tensors: [String: Tensor]
    /// Free text by key, such as what made the file.
    public var metadata: [String: String]

    /// Tensors to be written.
    public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
        (self.tensors, self.metadata) = (tensors, metadata)
    }

    private static let elements: [String: Tensor.Element] = [
        "F32": .float32, "BF16": .bfloat16, "F16": .float16, "F64": .float64, "I64": .int64, "I32": .int32,
        "U8": .uint8, "BOOL": .bool,
    ]
    private static let codes = Dictionary(uniqueKeysWithValues: elements.map { ($1, $0) })
    private static let metadataKey = "__metadata__"

    // MARK: Writing

    /// The file's bytes. Tensors with large elements come first, so that all lie at multiples of their elements' size;
    /// among equals the order is alphabetical.
    public func serialized() throws -> Data {
        precondition(tensors[Self.metadataKey] == nil, "\(Self.metadataKey) is not a tensor's name")
        var header: [String: Any] = metadata.isEmpty ? [:] : [Self.metadataKey: metadata]
        var offset = 0
        let ordered = tensors.sorted { ($1.value.element.size, $0.key) < ($0.value.element.size, $1.key) }
        for (name, tensor) in ordered {
            let end = offset + tensor.count * tensor.element.size
            header[name] = [
                "dtype": Self.codes[tensor.element] ?? "", "shape": tensor.shape, "data_offsets": [offset, end],
            ]
            offset = end
        }
        var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
        json.append(Data(repeating: 0x20, count: (8 - json.count % 8) % 8))
        var data = Data(capacity: 8 + json.count + offset)
        withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(json)
        for (_, tensor) in ordered { data.append(tensor.data) }
        return data
    }

    /// Writes the file beside its place and renames it: it is there whole or not at all.
    public func write(to url: URL) throws { try serialized().write(to: url, options: .atomic) }

    // MARK: Reading

    /// Reads a file.
    ///
    /// - Throws: ``SafeTensorsError``; an error of Foundation's where the file can't be opened.
    public init(contentsOf url: URL) throws {
        try self.init(Data(contentsOf: url, options: .mappedIfSafe), name: url.path)
    }

    /// Reads a file's bytes.
    ///
    /// - Parameter name: What to call them in an error.
    public init(_ data: Data, name: String = "the weights") throws(SafeTensorsError) {
        func damaged(_ reason: String) -> SafeTensorsError { SafeTensorsError(name: name, reason: reason) }
        guard data.count >= 8 else { throw damaged("it ends within the header's length") }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(data.count - 8) else { throw damaged("it ends within the header") }
        let start = data.startIndex + 8 + Int(length)
        guard
            let header = try? JSONSerialization.jsonObject(with: data[data.startIndex + 8..<start]) as? [String: Any]
        else { throw damaged("its header is no JSON object") }
        metadata = header[Self.metadataKey] as? [String: String] ?? [:]
        var entries: [Entry] = []
        for (key, value) in header where key != Self.metadataKey {
            do throws(Entry.Fault) { entries.append(try Entry(key, value)) } catch { throw damaged(error.reason) }
        }
        var end = 0
        for entry in entries.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            guard entry.range.lowerBound == end else {
                throw damaged("\(entry.name) is not where the one before it ends")
            }
            end = entry.range.upperBound
        }
        guard end <= data.endIndex - start else { throw damaged("it ends before its last tensor does") }
        guard end == data.endIndex - start else { throw damaged("it goes on after its last tensor") }
        tensors = [:]
        for entry in entries {
            let bytes = data[start + entry.range.lowerBound..<start + entry.range.upperBound]
            guard entry.element != .bool || bytes.allSatisfy({ $0 < 2 }) else {
                throw damaged("\(entry.name) holds truth values that are neither 0 nor 1")
            }
            tensors[entry.name] = bytes.withUnsafeBytes { Tensor(raw: $0, entry.element, shape: entry.shape) }
        }
    }

    /// What the header says of one tensor.
    private struct Entry {
        struct Fault: Error {
            let reason: String
        }

        let name: String
        let element: Tensor.Element
        let shape: [Int]
        let range: Range<Int>

        init(_ name: String, _ value: Any) throws(Fault) {
            guard let value = value as? [String: Any], let code = value["dtype"] as? String,
                let shape = value["shape"] as? [Int], let offsets = value["data_offsets"] as? [Int],
                offsets.count == 2
            else { throw Fault(reason: "the entry of \(name) is incomplete") }
            guard let element = SafeTensors.elements[code] else {
                throw Fault(reason: "\(name) has elements of the unknown type \(code)")
            }
            guard 0 <= offsets[0], offsets[0] <= offsets[1] else {
                throw Fault(reason: "\(name) ends before it begins")
            }
            range = offsets[0]..<offsets[1]
            guard element.bytes(of: shape) == range.count else {
                throw Fault(reason: "\(name) has \(range.count) bytes, which is not what \(code) \(shape) takes")
            }
            (self.name, self.element, self.shape) = (name, element, shape)
        }
    }
}

/// A file that is no safetensors file, or is damaged.
public struct SafeTensorsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let name: String
    /// What is wrong with it.
    public let reason: String

    /// One sentence that says what is wrong.
    public var description: String { "\(name) can't be read as safetensors: \(reason)" }
}
