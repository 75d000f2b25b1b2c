import Foundation
import SystemPackage

/// The system's refusal to do something with a file.
package struct SystemError: LikenessError, Hashable {
    /// The system's number of the error.
    package let number: Int32

    /// The reason in the system's words, such as `Permission denied`.
    package var reason: String { Reason.text(of: number) }

    /// A stable name for programs.
    package var code: String { asForeignError.code }
    /// The category.
    package var category: ErrorCategory { asForeignError.category }
    /// The problem in one clause: the system's words.
    package var problem: String { reason }
    /// The advice in one clause, or `nil` if there is none.
    package var remedy: String? { asForeignError.remedy }

    private var asForeignError: ForeignError { ForeignError(number: number, problem: reason) }

    /// Whether there is no such file.
    package var isMissing: Bool { number == ENOENT || number == ENOTDIR }
    /// Whether a file of this name is there already.
    package var isTaken: Bool { number == EEXIST }
    /// Whether the disk, or the user's share of it, is full.
    package var isDiskFull: Bool { number == ENOSPC || number == EDQUOT }
    /// Whether the system has no memory left.
    package var isOutOfMemory: Bool { number == ENOMEM }
    /// Whether the process or the system has too many files open.
    package var hasTooManyOpenFiles: Bool { number == EMFILE || number == ENFILE }
    /// Whether the call would have to wait.
    package var wouldWait: Bool { number == EAGAIN || number == EWOULDBLOCK }

    init(_ error: Errno) { number = error.rawValue }

    init(number: Int32) { self.number = number }

    /// Does what swift-system does, whose functions throw nothing but `Errno`.
    static func translating<Result>(_ call: () throws -> Result) throws(SystemError) -> Result {
        do {
            return try call()
        } catch let error as Errno {
            throw SystemError(error)
        } catch {
            throw SystemError(.ioError)
        }
    }

    /// Calls a function of the C library, again if a signal has interrupted it.
    ///
    /// - Throws: The last error if the result is below zero.
    @discardableResult
    static func checking<Number: SignedInteger>(_ call: () -> Number) throws(SystemError) -> Number {
        while true {
            let result = call()
            if result >= 0 { return result }
            guard errno == EINTR else { throw SystemError(number: errno) }
        }
    }
}
