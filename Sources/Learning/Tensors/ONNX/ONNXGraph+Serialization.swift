public import Foundation
import LikenessSupport

extension ONNXGraph {
    /// The ONNX operator set that defines the graph's operations.
    public static let operatorSet = 17

    /// Returns the file's bytes (`ModelProto` of onnx.proto, IR version 8).
    ///
    /// - Parameters:
    ///   - name: The graph's name.
    ///   - metadata: Free text by key, such as how the file was made.
    ///   - borrowed: Constants that another file holds: a map from their names here to their names there. The graph
    ///     stores the other file's name instead of the values (`TensorProto.external_data`). Putting the values back
    ///     gives the same bytes as without this parameter.
    public func serialized(
        name: String, metadata: [String: String] = [:], borrowed: [String: String] = [:]
    ) -> Data {
        var model = ProtobufMessage()
        model.integer(1, 8)
        model.string(2, "likeness")
        model.message(7) { write(name: name, borrowed: borrowed, to: &$0) }
        model.message(8) { set in
            set.string(1, "")
            set.integer(2, Self.operatorSet)
        }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            model.message(14) { property in
                property.string(1, key)
                property.string(2, value)
            }
        }
        return model.data
    }

    private func write(name: String, borrowed: [String: String], to graph: inout ProtobufMessage) {
        for (index, node) in nodes.enumerated() { graph.message(1) { Self.write(node, index, to: &$0) } }
        graph.string(2, name)
        let names = (Array(constants.keys) + encoded.keys).sorted()
        for name in names {
            guard let constant = encoded[name] ?? constants[name].map(EncodedConstant.init) else { continue }
            graph.message(5) { Self.write(constant, name, lender: borrowed[name], to: &$0) }
        }
        for input in inputs { graph.message(11) { Self.write(input.name, input.shape, to: &$0) } }
        for output in outputs { graph.message(12) { Self.write(output.name, output.shape, to: &$0) } }
        for name in exposed { graph.message(12) { Self.write(name, nil, to: &$0) } }
    }

    private static func write(_ node: ONNXNode, _ index: Int, to message: inout ProtobufMessage) {
        for input in node.inputs { message.string(1, input) }
        message.string(2, node.output)
        message.string(3, "\(node.operation)_\(index)")
        message.string(4, node.operation)
        for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
            if case .encoded(let data) = attribute {
                message.bytes(5, data)
                continue
            }
            message.message(5) { entry in
                entry.string(1, name)
                switch attribute {
                case .float(let value):
                    entry.float(2, value)
                    entry.integer(20, 1)
                case .int(let value):
                    entry.integer(3, value)
                    entry.integer(20, 2)
                case .string(let value):
                    entry.string(4, value)
                    entry.integer(20, 3)
                case .ints(let values):
                    for value in values { entry.integer(8, value) }
                    entry.integer(20, 7)
                case .encoded: break
                }
            }
        }
    }

    private static func write(
        _ constant: EncodedConstant, _ name: String, lender: String?, to message: inout ProtobufMessage
    ) {
        for extent in constant.shape { message.integer(1, extent) }
        message.integer(2, constant.element.rawValue)
        message.string(8, name)
        guard let lender else { return message.bytes(9, constant.data) }
        message.message(13) { entry in
            entry.string(1, "location")
            entry.string(2, lender)
        }
        message.integer(14, 1)
    }

    /// Writes a port. If the shape is `nil`, the reader infers it.
    private static func write(_ port: String, _ extents: [Int?]?, to message: inout ProtobufMessage) {
        message.string(1, port)
        message.message(2) { type in
            type.message(1) { tensor in
                tensor.integer(1, EncodedConstant.Element.float32.rawValue)
                guard let extents else { return }
                tensor.message(2) { shape in
                    for (axis, extent) in extents.enumerated() {
                        shape.message(1) { dimension in
                            // Extents of the same name are equal, and only batches are known to be.
                            let name = axis == 0 ? "batch" : "\(port).\(axis)"
                            if let extent { dimension.integer(1, extent) } else { dimension.string(2, name) }
                        }
                    }
                }
            }
        }
    }
}
