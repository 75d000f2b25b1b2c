public import Foundation

extension PairList {
    /// A reason why a valid pair can't be used.
    public enum Problem: Hashable, Sendable, CustomStringConvertible {
        /// A picture is paired with itself, which would match with every model.
        case selfPair(line: Int, image: String)
        /// The pair, in either order, is already in the list and would count twice.
        case duplicate(line: Int, first: Int)
        /// The pair is already in the list, with the opposite answer.
        case contradiction(line: Int, first: Int)
        /// The picture does not exist.
        ///
        /// The line is the first one that names it.
        case missing(line: Int, image: String)

        /// The line of the problem; the first line is 1.
        public var line: Int {
            switch self {
            case .selfPair(let line, _), .duplicate(let line, _), .contradiction(let line, _), .missing(let line, _):
                line
            }
        }

        /// The problem as a clause, such as `line 7: the pair of line 3 again`.
        public var description: String {
            switch self {
            case .selfPair(let line, let image): "line \(line): \(image) is paired with itself"
            case .duplicate(let line, let first): "line \(line): repeats the pair of line \(first)"
            case .contradiction(let line, let first):
                "line \(line): repeats the pair of line \(first) with the "
                    + "opposite answer"
            case .missing(let line, let image): "line \(line): \(image) does not exist"
            }
        }
    }

    /// Returns all problems of the pairs, by line: pictures paired with themselves, repeated pairs, and pictures that
    /// are not in `folder`.
    public func problems(in folder: URL) -> [Problem] {
        var problems: [Problem] = []
        var firsts: [[String]: Pair] = [:]
        var checked: Set<String> = []
        for pair in pairs {
            if pair.imageA == pair.imageB {
                problems.append(.selfPair(line: pair.line, image: pair.imageA))
            } else if let first = firsts[[pair.imageA, pair.imageB].sorted()] {
                problems.append(
                    first.isMated == pair.isMated
                        ? .duplicate(line: pair.line, first: first.line)
                        : .contradiction(line: pair.line, first: first.line))
            } else {
                firsts[[pair.imageA, pair.imageB].sorted()] = pair
            }
            for image in [pair.imageA, pair.imageB]
            where checked.insert(image).inserted && !TextFile.exists(image, in: folder) {
                problems.append(.missing(line: pair.line, image: image))
            }
        }
        return problems
    }

    /// Checks that every pair can be used with the pictures in `folder`.
    ///
    /// - Throws: ``DatasetError/faulty(_:_:)`` with all of ``problems(in:)``.
    public func check(in folder: URL) throws {
        let problems = problems(in: folder)
        guard problems.isEmpty else { throw DatasetError.faulty(name, problems) }
    }
}
