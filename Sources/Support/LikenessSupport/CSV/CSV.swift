/// Formats comma-separated values (RFC 4180).
package enum CSV {
    /// Returns one line with its line end.
    package static func line(_ fields: [String]) -> String {
        fields.map { field in
            field.contains { "\",\n\r\r\n".contains($0) }
                ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",") + "\n"
    }

    /// Returns lines with their line ends, the heading first.
    package static func text(_ rows: [[String]]) -> String { rows.map(line).joined() }
}
