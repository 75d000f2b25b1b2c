public import LikenessRecords
import LikenessSupport

extension ErrorRecord {
    /// Creates the record of an error: its code, its message and the advice. Errors of other packages get a code too.
    public init(_ error: any Error) {
        let error = ForeignError.translating(error)
        self.init(code: error.code, message: error.description, remedy: error.remedy)
    }
}
