internal import COpenVINO

/// An input or output of a network.
public struct Port: Hashable, Sendable {
    /// The type of its numbers.
    public enum Element: Hashable, Sendable {
        /// 32-bit floating point.
        case float
        /// Bytes, for the pixels of pictures.
        case byte
    }

    /// One of its names. A tensor in the file may have several, and the engine returns any of them. To find an output
    /// by name, use ``NetworkOutputs``.
    public let name: String
    /// The dimensions; `nil` for any size.
    public let shape: [Int?]

    /// The type of its numbers.
    public let element: Element

    /// The shape if every dimension is fixed; otherwise `nil`.
    public var staticShape: [Int]? {
        let known = shape.compactMap(\.self)
        return known.count == shape.count ? known : nil
    }

    /// Returns whether a tensor of the shape `other` fits.
    func accepts(_ other: [Int]) -> Bool {
        shape.count == other.count && zip(shape, other).allSatisfy { $1 > 0 && ($0 == nil || $0 == $1) }
    }

    /// The shape for people, such as `1×3×any×any`.
    var shapeDescription: String { shape.map { $0.map(String.init) ?? "any" }.joined(separator: "×") }
}

extension Port {
    /// Describes OpenVINO's `port` and frees it.
    init(consuming port: OpaquePointer, functions: Functions) throws(EngineError) {
        let table = functions.table
        defer { table.output_const_port_free(port) }
        name = try functions.string { table.port_get_any_name(port, $0) }
        var type: UInt32 = 0
        try functions.check(table.port_get_element_type(port, &type))
        switch type {
        case ov_element_f32: element = .float
        case ov_element_u8: element = .byte
        default: throw .failed("\(name) consists neither of 32-bit floats nor of bytes")
        }
        var partial = ov_partial_shape_t()
        try functions.check(table.port_get_partial_shape(port, &partial))
        defer { table.partial_shape_free(&partial) }
        guard partial.rank.min == partial.rank.max else { throw .failed("\(name) has no fixed number of dimensions") }
        let dimensions = UnsafeBufferPointer(start: partial.dims, count: Int(partial.rank.max))
        shape = dimensions.map { $0.min == $0.max ? Int($0.max) : nil }
    }
}
