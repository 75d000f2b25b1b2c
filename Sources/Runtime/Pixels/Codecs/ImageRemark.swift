/// A remark about a defect in a picture's file that did not prevent decoding.
public enum ImageRemark: Hashable, Codable, Sendable {
    /// The format's end marker is missing, but every pixel is there.
    case noEnd
    /// The last rows of the stored picture are missing, at most one in twenty; they are gray.
    case missingRows(Int)

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .noEnd: "no_end"
        case .missingRows: "missing_rows"
        }
    }
}

extension ImageRemark: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .noEnd: "The file lacks its end; all of the picture is there."
        case .missingRows(1): "The file ends too early; the last row of the picture is missing and gray."
        case .missingRows(let count):
            "The file ends too early; the last \(count) rows of the picture are missing and gray."
        }
    }
}
