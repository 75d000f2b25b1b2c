import LikenessRecords

extension ErrorRecord {
    /// What went wrong, by its code and in a sentence.
    init(_ error: any Error) { self.init(code: Failure.code(of: error), message: Failure.message(of: error)) }
}
