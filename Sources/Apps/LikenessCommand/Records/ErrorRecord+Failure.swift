import LikenessRecords
import LikenessSupport

extension ErrorRecord {
    /// An error by its code, with its sentence and what to do.
    init(_ error: any Error) {
        let error = Failure.translating(error)
        self.init(code: error.code, message: error.description, remedy: error.remedy)
    }
}
