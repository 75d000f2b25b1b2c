public import LikenessRecords
import LikenessSupport

extension ErrorRecord {
    /// An error by its code, with its sentence and the advice.
    public init(_ error: any Error) {
        let error = ForeignError.translating(error)
        self.init(code: error.code, message: error.description, remedy: error.remedy)
    }
}
