public import Foundation
public import Pixels

/// Pictures and who is in them.
///
/// Three sources: comma-separated text (`file,identity[,source]`), a folder with a folder for each person, and a folder
/// of pictures of nobody knows whom. <doc:Lists> describes them.
public struct IdentityList: Hashable, Sendable {
    /// A picture, and who is in it.
    public struct Picture: Hashable, Sendable {
        /// Path: absolute, or relative to the folder of pictures.
        public let file: String
        /// Who is in it; `nil` in an unlabeled list.
        public let identity: String?
        /// Where it comes from, where the list says so.
        public let source: String?
        /// The picture's line in the list, from 1; in a folder, its place in the order of names.
        public let line: Int

        /// Creates a picture from its parts.
        public init(file: String, identity: String?, source: String? = nil, line: Int) {
            self.file = file
            self.identity = identity
            self.source = source
            self.line = line
        }
    }

    /// What the list is called in messages: its path, usually.
    public let name: String
    /// The pictures, in the list's order.
    public let pictures: [Picture]
    /// Pictures directly in a folder of people, which belong to nobody and are left out.
    public let strays: [String]

    /// Folders that could not be read, and why: the pictures in them are missing.
    public let unreadable: [String]

    /// Symbolic links to folders that were met and not followed: the pictures in them are missing.
    public let links: LinkedFolders

    /// Everyone in the list, once, in order of name.
    public var identities: [String] { Set(pictures.compactMap(\.identity)).sorted() }

    /// Creates a list from pictures that are at hand.
    public init(
        name: String, pictures: [Picture], strays: [String] = [], unreadable: [String] = [],
        links: LinkedFolders = LinkedFolders()
    ) {
        self.name = name
        self.pictures = pictures
        self.strays = strays
        self.unreadable = unreadable
        self.links = links
    }

    /// What is to be said of ``links``; `nil` if there are none.
    public var linksRemark: String? { links.remark(Self.linksAdvice) }

    static let linksAdvice = "put the folders themselves there to have them read"

    /// For each picture, the number of its person: the index in ``identities``; `nil` if it is not known.
    public var labels: [Int?] {
        let numbers = Dictionary(uniqueKeysWithValues: identities.enumerated().map { ($1, $0) })
        return pictures.map { $0.identity.flatMap { numbers[$0] } }
    }

    /// Returns where a picture of the list lies.
    ///
    /// - Parameter folder: What relative paths are relative to.
    public static func url(of picture: Picture, in folder: URL) -> URL { TextFile.url(of: picture.file, in: folder) }

    /// Makes sure that every picture exists.
    ///
    /// - Throws: ``DatasetError/missingPictures(_:_:)`` with all that do not.
    public func check(in folder: URL) throws {
        let missing = pictures.filter { !TextFile.exists($0.file, in: folder) }
        guard missing.isEmpty else { throw DatasetError.missingPictures(name, missing) }
    }
}
