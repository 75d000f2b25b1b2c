public import Foundation

/// Pairs of pictures that show the same person or two: what a verifier is measured on.
///
/// Two forms are read, told apart by their content and not by the file's name:
///
/// - the list of Labeled Faces in the Wild, `pairs.txt` (Huang et al., *Labeled Faces in the Wild*, 2007);
/// - comma-separated text, `image_a,image_b,same[,fold]`.
///
/// <doc:Lists> describes both.
public struct PairList: Hashable, Sendable {
    /// Two pictures, and whether they show one person.
    public struct Pair: Hashable, Sendable {
        /// Path of the first picture: absolute, or relative to the folder of pictures.
        public let imageA: String
        /// Path of the second picture.
        public let imageB: String
        /// Whether both show one person (mated) or two people (impostor).
        public let isMated: Bool
        /// The fold that the pair belongs to, from 0.
        public let fold: Int
        /// Who is in the first picture, where the list says so.
        public let personA: String?
        /// Who is in the second picture, where the list says so.
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

    /// Who divided the pairs into folds.
    public enum Folding: String, Codable, Hashable, Sendable {
        /// The list did.
        case given
        /// The reader did: mated and impostor pairs, each in the list's order, cut into runs of equal length (ten, or
        /// as many as the rarer kind has pairs).
        ///
        /// Runs keep neighbors together, which often share a person; but the list does not say who is in a picture, so
        /// one person may be in several folds, and the threshold of a fold may have been chosen on people who are in
        /// it.
        case dealt
    }

    /// What the list is called in messages: its path, usually.
    public let name: String
    /// The pairs, in the list's order.
    public let pairs: [Pair]
    /// Who divided them into folds.
    public let folding: Folding

    /// How many folds there are.
    public var foldCount: Int { (pairs.lazy.map(\.fold).max() ?? -1) + 1 }

    /// The pictures that the pairs name, each once, in the order of their first mention.
    public var images: [String] {
        var seen: Set<String> = []
        return pairs.flatMap { [$0.imageA, $0.imageB] }.filter { seen.insert($0).inserted }
    }

    /// Creates a list from pairs that are at hand.
    public init(name: String, pairs: [Pair], folding: Folding) {
        self.name = name
        self.pairs = pairs
        self.folding = folding
    }

    /// Reads a list.
    ///
    /// - Throws: ``DatasetError``, with every line that could not be understood.
    public init(contentsOf file: URL) throws {
        try self.init(bytes: TextFile.bytes(of: file), name: file.path)
    }

    /// Reads a list from text.
    ///
    /// - Parameter name: What messages call it.
    /// - Throws: ``DatasetError``, with every line that could not be understood.
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

    /// Returns where a picture of the list lies.
    ///
    /// - Parameters:
    ///   - image: ``Pair/imageA`` or ``Pair/imageB``.
    ///   - folder: What relative paths are relative to.
    public static func url(of image: String, in folder: URL) -> URL { TextFile.url(of: image, in: folder) }
}
