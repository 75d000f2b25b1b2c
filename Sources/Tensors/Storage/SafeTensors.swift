public import Foundation

/// Named tensors in one file, as the safetensors format lays them out: the length of a JSON header (8 bytes, little
/// endian), the header, the elements. Reading runs no code of the file's, and every offset is checked.
public struct SafeTensors {
    /// The tensors by name.
    public var tensors: [String: Tensor]
    /// Free text by key, such as what made the file.
    public var metadata: [String: String]

    /// Tensors to be written.
    public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
        (self.tensors, self.metadata) = (tensors, metadata)
    }

    private static let names: [(String, Tensor.Element, Int)] = [
        ("F32", .float32, 4), ("BF16", .bfloat16, 2), ("F16", .float16, 2), ("F64", .float64, 8), ("I64", .int64, 8),
        ("I32", .int32, 4), ("U8", .uint8, 1), ("BOOL", .bool, 1),
    ]

    // MARK: Writing

    /// The file's bytes; tensors in alphabetical order.
    public func serialized() throws -> Data {
        var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
        var offset = 0
        let ordered = tensors.sorted { $0.key < $1.key }
        for (name, tensor) in ordered {
            let (code, size) = Self.code(tensor.element)
            let end = offset + tensor.count * size
            header[name] = ["dtype": code, "shape": tensor.shape, "data_offsets": [offset, end]]
            offset = end
        }
        var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
        // The elements start at a multiple of 8, so that they can be used where they lie.
        json.append(Data(repeating: 0x20, count: (8 - json.count % 8) % 8))
        var data = Data(capacity: 8 + json.count + offset)
        withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(json)
        for (_, tensor) in ordered {
            let count = tensor.count * Self.code(tensor.element).1
            var bytes = Data(count: count)
            bytes.withUnsafeMutableBytes { tensor.read(tensor.element, into: $0) }
            data.append(bytes)
        }
        return data
    }

    /// Writes the file beside its place and renames it: it is there whole or not at all.
    public func write(to url: URL) throws { try serialized().write(to: url, options: .atomic) }

    private static func code(_ element: Tensor.Element) -> (String, Int) {
        guard let entry = names.first(where: { $0.1 == element }) else { preconditionFailure("\(element) has no name") }
        return (entry.0, entry.2)
    }

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
    public init(_ data: Data, name: String = "the weights") throws {
        func damaged(_ reason: String) -> SafeTensorsError { SafeTensorsError(name: name, reason: reason) }
        guard data.count >= 8 else { throw damaged("it ends within the header's length") }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(data.count - 8) else { throw damaged("it ends within the header") }
        let start = data.startIndex + 8 + Int(length)
        let json = data[data.startIndex + 8..<start]
        guard let header = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
            throw damaged("its header is no JSON object")
        }
        metadata = header["__metadata__"] as? [String: String] ?? [:]
        tensors = [:]
        for (key, entry) in header where key != "__metadata__" {
            guard let entry = entry as? [String: Any], let code = entry["dtype"] as? String,
                let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int], offsets.count == 2,
                shape.allSatisfy({ $0 >= 0 })
            else { throw damaged("the entry of \(key) is incomplete") }
            guard let (_, element, size) = Self.names.first(where: { $0.0 == code }) else {
                throw damaged("\(key) has elements of the unknown type \(code)")
            }
            let (first, last) = (offsets[0], offsets[1])
            guard first >= 0, last >= first, last <= data.endIndex - start else {
                throw damaged("it ends within \(key)")
            }
            guard Self.product(shape, size) == last - first else {
                throw damaged("\(key) has \(last - first) bytes, which is not what \(code) \(shape) takes")
            }
            tensors[key] = data[start + first..<start + last].withUnsafeBytes {
                Tensor(raw: $0, element, shape: shape)
            }
        }
    }

    /// The product of all extents and the size; `nil` where it is too large for an integer.
    private static func product(_ shape: [Int], _ size: Int) -> Int? {
        shape.reduce(Optional(size)) { total, extent in
            guard let (value, overflow) = total?.multipliedReportingOverflow(by: extent), !overflow else { return nil }
            return value
        }
    }
}

/// A file that is no safetensors file, or is damaged.
public struct SafeTensorsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let name: String
    /// What is wrong with it.
    public let reason: String

    public var description: String { "\(name) can't be read as safetensors: \(reason)" }
}
