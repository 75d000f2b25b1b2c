package import Pixels

extension Terminal {
    /// Says on the standard error what was missing in a picture's file.
    package static func note(_ remarks: [ImageRemark], on picture: String) {
        for remark in remarks { note("likeness: \(picture): \(remark)") }
    }
}
