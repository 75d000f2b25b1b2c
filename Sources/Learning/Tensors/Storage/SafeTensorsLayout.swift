import Foundation

/// The positions of the tensors in a safetensors file, read and checked before any tensor is created.
struct SafeTensorsLayout {
    /// The tensors, in no particular order.
    let entries: [Entry]
    /// Free text by key.
    let metadata: [String: String]

    /// The header's entry for one tensor.
    struct Entry {
        let name: String
        let element: Tensor.Element
        let shape: [Int]
        /// The range of its elements, as indices of the file's data.
        fileprivate(set) var range: Range<Int>
    }

    /// Reads the header of a file's bytes.
    ///
    /// - Parameter name: The file's name in an error.
    init(_ data: Data, name: String) throws(SafeTensorsError) {
        func damaged(_ reason: String) -> SafeTensorsError { SafeTensorsError(name: name, reason: reason) }
        guard data.count >= 8 else { throw damaged("it ends within the header's length") }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(data.count - 8) else { throw damaged("it ends within the header") }
        let start = data.startIndex + 8 + Int(length)
        guard
            let header = try? JSONSerialization.jsonObject(with: data[data.startIndex + 8..<start]) as? [String: Any]
        else { throw damaged("its header is not a JSON object") }
        metadata = header[SafeTensors.metadataKey] as? [String: String] ?? [:]
        var entries: [Entry] = []
        for (key, value) in header where key != SafeTensors.metadataKey {
            entries.append(try Entry(key, value, damaged))
        }
        var end = 0
        for entry in entries.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            guard entry.range.lowerBound == end else {
                throw damaged("\(entry.name) does not start where the tensor before it ends")
            }
            end = entry.range.upperBound
        }
        guard end <= data.endIndex - start else { throw damaged("it ends within its last tensor") }
        guard end == data.endIndex - start else { throw damaged("it continues after its last tensor") }
        for index in entries.indices {
            let range = entries[index].range
            entries[index].range = start + range.lowerBound..<start + range.upperBound
            guard entries[index].element != .bool || data[entries[index].range].allSatisfy({ $0 < 2 }) else {
                throw damaged("\(entries[index].name) holds a truth value that is neither 0 nor 1")
            }
        }
        self.entries = entries
    }
}

extension SafeTensorsLayout.Entry {
    /// Reads one entry of the header. Its range counts from the end of the header.
    ///
    /// - Parameter damaged: The error for a reason.
    fileprivate init(
        _ name: String, _ value: Any, _ damaged: (_ reason: String) -> SafeTensorsError
    ) throws(SafeTensorsError) {
        guard let value = value as? [String: Any], let code = value["dtype"] as? String,
            let shape = value["shape"] as? [Int], let offsets = value["data_offsets"] as? [Int],
            offsets.count == 2
        else { throw damaged("the entry of \(name) is incomplete") }
        guard let element = SafeTensors.elements[code] else {
            throw damaged("\(name) has elements of the unknown type \(code)")
        }
        guard 0 <= offsets[0], offsets[0] <= offsets[1] else {
            throw damaged("\(name) ends before it begins")
        }
        range = offsets[0]..<offsets[1]
        guard element.bytes(of: shape) == range.count else {
            throw damaged("\(name) has \(range.count) bytes, which does not match \(code) \(shape)")
        }
        (self.name, self.element, self.shape) = (name, element, shape)
    }
}
