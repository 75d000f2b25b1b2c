public import Foundation
import LikenessSupport

/// Pairs of pictures that show one person or two people, for measuring verification.
///
/// Two formats are supported. They are distinguished by their content, not by the file name:
///
/// - the list of Labeled Faces in the Wild, `pairs.txt` (Huang et al., *Labeled Faces in the Wild*, 2007);
/// - comma-separated text, `image_a,image_b,same[,fold]`.
///
/// <doc:Lists> describes both.
///
/// ```swift
/// let list = try PairList(contentsOf: folder.appending(path: "pairs.txt"))
/// try list.check(in: folder)   // missing pictures, duplicates, pairs of a picture with itself
/// print(list.pairs.count, list.images.count, list.foldCount)
/// ```
public struct PairList: Hashable, Sendable {
    /// Two pictures, and whether they show one person.
    public struct Pair: Hashable, Sendable {
        /// The path of the first picture: absolute, or relative to the folder of pictures.
        public let imageA: String
        /// The path of the second picture.
        public let imageB: String
        /// Whether both show one person (mated) or two people (impostor).
        public let isMated: Bool
        /// The fold of the pair, from 0.
        public let fold: Int
        /// The person in the first picture, if the list names people.
        public let personA: String?
        /// The person in the second picture, if the list names people.
        public let personB: String?
        /// The pair's line in the list; the first is 1.
        public let line: Int

        /// Creates a pair from its parts.
        public init(
            imageA: String, imageB: String, isMated: Bool, fold: Int, personA: String? = nil, personB: String? = nil,
            line: Int
        ) {
            self.imageA = imageA
            self.imageB = imageB
            self.isMated = isMated
            self.fold = fold
            self.personA = personA
            self.personB = personB
            self.line = line
        }
    }

    /// The origin of the folds.
    public enum Folding: String, Codable, Hashable, Sendable {
        /// The list gives the folds.
        case given
        /// The reader assigns the folds: mated and impostor pairs are each divided, in the order of the list, into runs
        /// of equal length. There are ten folds, or as many as there are pairs of the rarer kind.
        ///
        /// Runs keep neighboring pairs, which often share a person, together. However, the list does not name the
        /// people. One person may therefore be in several folds, and the threshold for a fold may be chosen on people
        /// who are in it.
        case dealt
    }

    /// The list's name in messages, usually its path.
    public let name: String
    /// The pairs, in the list's order.
    public let pairs: [Pair]
    /// The origin of the folds.
    public let folding: Folding

    /// The number of folds.
    public var foldCount: Int { (pairs.lazy.map(\.fold).max() ?? -1) + 1 }

    /// The distinct pictures in the pairs, in the order of their first mention.
    public var images: [String] {
        var seen: Set<String> = []
        return pairs.flatMap { [$0.imageA, $0.imageB] }.filter { seen.insert($0).inserted }
    }

    /// Creates a list from its pairs.
    public init(name: String, pairs: [Pair], folding: Folding) {
        self.name = name
        self.pairs = pairs
        self.folding = folding
    }

    /// Creates a list from a file.
    ///
    /// - Throws: ``DatasetError`` with every invalid line.
    public init(contentsOf file: URL) throws {
        try self.init(bytes: TextFile.bytes(of: file), name: file.path)
    }

    /// Creates a list from text.
    ///
    /// - Parameters:
    ///   - text: The list.
    ///   - name: The list's name in messages.
    /// - Throws: ``DatasetError`` with every invalid line.
    public init(text: String, name: String = "the list of pairs") throws {
        try self.init(bytes: [UInt8](text.utf8), name: name)
    }

    private init(bytes: [UInt8], name: String) throws {
        let lines = TextLines(bytes)
        if let header = lines.lines.first.flatMap(LFWHeader.init(line:)) {
            self = try Self.lfw(lines.lines.dropFirst(), header: header, name: name)
        } else {
            self = try Self.csv(CSVRecords(bytes), name: name)
        }
        guard !pairs.isEmpty else { throw DatasetError.empty(name) }
    }

    /// Returns the location of a picture.
    ///
    /// - Parameters:
    ///   - image: ``Pair/imageA`` or ``Pair/imageB``.
    ///   - folder: The base of relative paths.
    public static func url(of image: String, in folder: URL) -> URL { TextFile.url(of: image, in: folder) }
}
