package import Pixels

extension Terminal {
    /// Prints the remarks on a picture's file to the standard error.
    package static func note(_ remarks: [ImageRemark], on picture: String) {
        for remark in remarks { note("likeness: \(picture): \(remark)") }
    }
}
