public import Foundation

/// An error of Likeness: it tells people and programs what is wrong and what to do about it.
///
/// Every error type of the package conforms, so a program that uses the package can catch this one type and needs no
/// error type of any module. For example, a server can answer each error with an HTTP status and a body that its
/// clients can rely on:
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
/// ``ForeignError/translating(_:)`` also gives a code to errors of the system and of other packages, so every error has
/// one.
///
/// A conforming type declares four properties; the rest is derived from them:
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
    /// A stable name for programs, in snake case, such as `no_such_gallery`. It never changes, even if the message
    /// does.
    var code: String { get }
    /// The kind of error. It determines the command's exit status and a server's status.
    var category: ErrorCategory { get }
    /// One clause, without a full stop, that says what is wrong and names the file or the value.
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
    /// Always `nil`: single errors have no help page.
    public var helpAnchor: String? { nil }
}

/// The kinds of errors, as sysexits(3) divides them.
public enum ErrorCategory: String, Sendable, Hashable, Codable, CaseIterable {
    /// The request is invalid: an option, a name or a number is wrong.
    case usage
    /// The data are invalid: a picture, a list or a store is damaged, or a face is missing.
    case badData = "bad_data"
    /// A named file, folder, gallery or person does not exist or can't be read.
    case noInput = "no_input"
    /// The engine, a model or a helper program is missing or can't be used.
    case unavailable
    /// The system provides no more memory, processes or open files.
    case system
    /// Reading or writing failed, or something is locked.
    case inputOutput = "input_output"
    /// The work was interrupted or canceled.
    case interrupted
}
