public import LikenessRecords
public import Pixels

extension RemarkRecord {
    /// Creates the record of a remark on a picture's file.
    public init(_ remark: ImageRemark) { self.init(code: remark.code, message: remark.description) }

    /// Returns the records of a picture's remarks; `nil` if there are none.
    public static func all(_ remarks: [ImageRemark]) -> [RemarkRecord]? {
        remarks.isEmpty ? nil : remarks.map(RemarkRecord.init)
    }
}
