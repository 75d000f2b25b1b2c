public import LikenessSupport

/// An error of a list or a folder of pictures.
public enum DatasetError: LikenessError, Hashable {
    /// The file or folder could not be read.
    case unreadable(String, reason: String)
    /// The file is not UTF-8 text.
    case notText(String)
    /// The list has no entries.
    case empty(String)
    /// The folder contains no pictures.
    case noPictures(String)
    /// The folder contains pictures, but no subfolder of a person with pictures.
    case noPersonsFolder(String)
    /// The folder contains no pictures, only links to folders, which are not followed.
    case onlyLinks(String, remark: String)
    /// Some lines of the list are invalid: all of them, sorted by line.
    case malformed(String, [LineFault])
    /// Some entries are valid but can't be used: all of them, sorted by line.
    case faulty(String, [PairList.Problem])
    /// Some pictures of the list do not exist.
    case missingPictures(String, [IdentityList.Picture])

    /// Some people are in two parts of a split.
    case sharedSubjects([String])

    /// The maximum number of faults that ``problem`` lists. The error itself contains all of them.
    static let shown = 10

    /// The code of all cases.
    public var code: String { "bad_list" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .unreadable, .missingPictures, .noPictures, .noPersonsFolder, .onlyLinks: .noInput
        case .notText, .empty, .malformed, .faulty, .sharedSubjects: .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .unreadable(let name, let reason): "\(name) can't be read: \(reason)"
        case .notText(let name): "\(name) is not UTF-8 text"
        case .empty(let name): "\(name) is empty: it needs at least one entry"
        case .noPictures(let name): "there are no pictures in \(name)"
        case .noPersonsFolder(let name): "there are no pictures in folders of people in \(name)"
        case .onlyLinks(let name, let remark): "there are no pictures in \(name): \(remark)"
        case .malformed(let name, let faults): "\(name): \(Self.list(faults))"
        case .faulty(let name, let problems): "\(name): \(Self.list(problems))"
        case .missingPictures(let name, let pictures):
            "\(name): \(Self.list(pictures.map { "line \($0.line): \($0.file) does not exist" }))"
        case .sharedSubjects(let names):
            "the parts of a split must not share people, but these are in two parts: \(Self.list(names))"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .notText: "save the list as UTF-8"
        case .noPersonsFolder: "put each person's pictures into a separate folder"
        default: nil
        }
    }

    private static func list(_ faults: [some CustomStringConvertible]) -> String {
        let first = faults.prefix(shown).map(\.description).joined(separator: "; ")
        return faults.count > shown ? "\(first); and \(faults.count - shown) more" : first
    }
}

/// An error in one line of a list.
public struct LineFault: LikenessError, Hashable {
    /// The line in the file; the first is 1.
    public let line: Int
    /// The name of the faulty field; `nil` if the fault concerns the whole line.
    public let field: String?
    /// The fault and the expected form.
    public let message: String

    /// Creates a fault from its parts.
    public init(line: Int, field: String? = nil, message: String) {
        self.line = line
        self.field = field
        self.message = message
    }

    /// The code of ``DatasetError``.
    public var code: String { "bad_list" }

    /// The category of ``DatasetError``.
    public var category: ErrorCategory { .badData }

    /// The problem in one clause, such as `line 4, field same: 'maybe' is not one of 1, 0, true, false, yes, no`.
    public var problem: String {
        field.map { "line \(line), field \($0): \(message)" } ?? "line \(line): \(message)"
    }

    /// No advice, because the problem says what was expected.
    public var remedy: String? { nil }
}
