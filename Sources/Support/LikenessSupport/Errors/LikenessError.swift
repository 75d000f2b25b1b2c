public import Foundation

/// An error of Likeness: it says what is wrong to people and to programs, and what to do about it.
///
/// Every error type of the package conforms. A program that uses the package catches one thing, and needs to know no error
/// type of any module. A server, for example, answers each error with a status of HTTP and a body that its clients can rely
/// on:
///
/// ```swift
/// struct Answer: Encodable {
///     var code: String
///     var message: String
///     var remedy: String?
/// }
///
/// func status(of category: ErrorCategory) -> Int {
///     switch category {
///     case .usage: 400
///     case .noInput: 404
///     case .badData: 422
///     case .system, .unavailable, .interrupted: 503
///     case .inputOutput: 500
///     }
/// }
///
/// func answer(to request: Request) async -> Response {
///     do {
///         return try await handle(request)
///     } catch {
///         let error = ForeignError.translating(error)
///         return Response(
///             status: status(of: error.category),
///             body: Answer(code: error.code, message: error.description, remedy: error.remedy))
///     }
/// }
/// ```
///
/// ``ForeignError/translating(_:)`` gives a code to errors of the system and of other packages too, so there is no error
/// without one.
///
/// A type conforms with four properties; the rest follows from them:
///
/// ```swift
/// enum CameraError: LikenessError {
///     case noCamera(String)
///
///     var code: String { "no_camera" }
///     var category: ErrorCategory { .unavailable }
///     var problem: String {
///         switch self {
///         case .noCamera(let name): "there is no camera '\(name)'"
///         }
///     }
///     var remedy: String? { "plug it in, or name another" }
/// }
/// // "there is no camera 'front': plug it in, or name another"
/// ```
public protocol LikenessError: LocalizedError, CustomStringConvertible, Sendable {
    /// A stable name for programs, in snake case, such as `no_such_gallery`. It never changes, whatever the sentence says.
    var code: String { get }
    /// The kind of error: it gives the command's exit status and a server's status.
    var category: ErrorCategory { get }
    /// One clause that says what is wrong and names the file or the value, without a full stop.
    var problem: String { get }
    /// One clause that says what to do; `nil` if there is no advice.
    var remedy: String? { get }
}

extension LikenessError {
    /// One sentence for people: the problem and then the remedy, if there is one.
    public var description: String {
        guard let remedy else { return problem }
        // A second colon in a sentence is hard to read.
        return problem.contains(": ") ? "\(problem); \(remedy)" : "\(problem): \(remedy)"
    }

    /// The same sentence, for Foundation's `localizedDescription`.
    public var errorDescription: String? { description }
    /// The problem alone, for Foundation.
    public var failureReason: String? { problem }
    /// The remedy alone, for Foundation.
    public var recoverySuggestion: String? { remedy }
    /// There is no page of help for one error.
    public var helpAnchor: String? { nil }
}

/// The kinds of errors, as sysexits(3) divides them.
public enum ErrorCategory: String, Sendable, Hashable, Codable, CaseIterable {
    /// Something was asked for that can't be asked for: an option, a name or a number is wrong.
    case usage
    /// The data are wrong: a picture, a list or a store is damaged, or a face is missing.
    case badData = "bad_data"
    /// A file, a folder, a gallery or a person that was named is not there or may not be read.
    case noInput = "no_input"
    /// The engine, a model or a helper program is missing or can't be used.
    case unavailable
    /// The system gives no more memory, processes or open files.
    case system
    /// Reading or writing failed, or something is locked.
    case inputOutput = "input_output"
    /// The work was interrupted or canceled.
    case interrupted
}
