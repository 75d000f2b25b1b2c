import LikenessSupport

extension CSVRecords {
    /// The lines that can't be read, as faults of a list.
    var lineFaults: [LineFault] { faults.map { LineFault(line: $0.line, message: $0.message) } }
}

/// The places of the named columns in a comma-separated list.
struct CSVColumns {
    private let indices: [String: Int]
    /// The number of fields in the header.
    let count: Int

    /// Finds columns by the header's names, in any order.
    ///
    /// Letter case is ignored, as are columns with other names.
    ///
    /// - Throws: A fault in the header's line that names the missing or repeated column.
    init(header: CSVRecords.Record, required: [String], optional: [String]) throws(LineFault) {
        var indices: [String: Int] = [:]
        for (index, field) in header.fields.enumerated() {
            let name = field.lowercased()
            guard required.contains(name) || optional.contains(name) else { continue }
            guard indices.updateValue(index, forKey: name) == nil else {
                throw LineFault(line: header.line, field: name, message: "the header contains this column twice")
            }
        }
        let missing = required.filter { indices[$0] == nil }
        guard missing.isEmpty else {
            throw LineFault(
                line: header.line,
                message: "the header lacks \(missing.joined(separator: ", ")): it needs "
                    + required.joined(separator: ",") + optional.map { "[,\($0)]" }.joined())
        }
        self.indices = indices
        count = header.fields.count
    }

    /// Finds columns by their usual order, for a list without a header.
    init(order: [String], count: Int) {
        indices = Dictionary(uniqueKeysWithValues: order.prefix(count).enumerated().map { ($1, $0) })
        self.count = count
    }

    /// Returns whether the list has the column.
    func has(_ name: String) -> Bool { indices[name] != nil }

    /// Returns the field of an existing column.
    ///
    /// - Throws: A fault if the record's number of fields differs from the header's, or the field is empty.
    func field(_ name: String, of record: CSVRecords.Record) throws(LineFault) -> String {
        guard has(name) else { preconditionFailure("no column \(name)") }
        guard let field = try optionalField(name, of: record) else {
            throw LineFault(line: record.line, field: name, message: "it is empty")
        }
        return field
    }

    /// Returns the field of a column; `nil` if it is empty or the list does not have the column.
    ///
    /// - Throws: A fault if the record's number of fields differs from the header's.
    func optionalField(_ name: String, of record: CSVRecords.Record) throws(LineFault) -> String? {
        guard record.fields.count == count else {
            throw LineFault(
                line: record.line, message: "\(record.fields.count) fields instead of \(count)")
        }
        return indices[name].flatMap { record.fields[$0].isEmpty ? nil : record.fields[$0] }
    }
}
