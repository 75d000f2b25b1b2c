public import Foundation
public import LikenessSupport

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

    static let elements: [String: Tensor.Element] = [
        "F32": .float32, "BF16": .bfloat16, "F16": .float16, "F64": .float64, "I64": .int64, "I32": .int32,
        "U8": .uint8, "BOOL": .bool,
    ]
    private static let codes = Dictionary(uniqueKeysWithValues: elements.map { ($1, $0) })
    static let metadataKey = "__metadata__"

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
        let layout = try SafeTensorsLayout(data, name: name)
        metadata = layout.metadata
        tensors = [:]
        for entry in layout.entries {
            tensors[entry.name] = data[entry.range].withUnsafeBytes {
                Tensor(raw: $0, entry.element, shape: entry.shape)
            }
        }
    }
}

/// A file that is no safetensors file, or is damaged.
public struct SafeTensorsError: LikenessError, Hashable {
    /// The file.
    public let name: String
    /// What is wrong with it.
    public let reason: String

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The model can't be used.
    public var category: ErrorCategory { .unavailable }

    /// What is wrong.
    public var problem: String { "\(name) can't be read as safetensors: \(reason)" }

    /// The problem says all.
    public var remedy: String? { nil }
}
