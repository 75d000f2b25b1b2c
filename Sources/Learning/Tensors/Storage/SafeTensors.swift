public import Foundation
public import LikenessSupport

/// Named tensors in one file in the safetensors format: the length of a JSON header (8 bytes, little endian), the
/// header, and the elements of all tensors without gaps. Reading a file runs no code from it, and every offset is
/// checked.
///
/// ```swift
/// let weights = try SafeTensors(contentsOf: file)
/// for (name, tensor) in weights.tensors { print(name, tensor.shape) }
/// let store = ParameterStore(weights.tensors)
/// let layer = try Linear(store.root["layer"], in: 128, out: 2)   // an error if the file lacks a name
/// ```
public struct SafeTensors {
    /// The tensors by name.
    public var tensors: [String: Tensor]
    /// Free text by key, such as how the file was made.
    public var metadata: [String: String]

    /// Creates a file's content from tensors.
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

    /// Returns the file's bytes. Tensors with larger elements come first, so that every tensor is aligned to its
    /// element size; tensors with equal element sizes are in alphabetical order.
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

    /// Writes the file next to its destination and then renames it, so that the destination never holds an incomplete
    /// file.
    public func write(to url: URL) throws { try serialized().write(to: url, options: .atomic) }

    // MARK: Reading

    /// Reads a file.
    ///
    /// - Throws: ``SafeTensorsError``; a Foundation error if the file can't be opened.
    public init(contentsOf url: URL) throws {
        try self.init(Data(contentsOf: url, options: .mappedIfSafe), name: url.path)
    }

    /// Reads a file's bytes.
    ///
    /// - Parameters:
    ///   - data: The file's bytes.
    ///   - name: The file's name in an error.
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

/// An error for a file that is damaged or is not a safetensors file.
public struct SafeTensorsError: LikenessError, Hashable {
    /// The file.
    public let name: String
    /// The defect.
    public let reason: String

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The category of every model that can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String { "\(name) can't be read as safetensors: \(reason)" }

    /// There is no advice.
    public var remedy: String? { nil }
}
