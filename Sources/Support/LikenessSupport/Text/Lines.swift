/// Breaks a text at its spaces into lines of at most `width` characters, and indents each.
///
/// Help texts use it for lists: a terminal that breaks a longer line itself loses the indentation.
package func lines(of text: String, indentedBy indentation: Int, width: Int = 80) -> String {
    let margin = String(repeating: " ", count: indentation)
    var lines: [String] = []
    for word in text.split(separator: " ") {
        if let last = lines.last, last.count + 1 + word.count <= width {
            lines[lines.count - 1] = "\(last) \(word)"
        } else {
            lines.append(margin + word)
        }
    }
    return lines.joined(separator: "\n")
}
