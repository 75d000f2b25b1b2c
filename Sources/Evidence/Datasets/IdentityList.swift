public import Foundation
public import Pixels

/// A list of pictures and the people in them.
///
/// There are three sources: comma-separated text (`file,identity[,source]`), a folder with a subfolder for each person,
/// and a folder of unlabeled pictures. <doc:Lists> describes them.
public struct IdentityList: Hashable, Sendable {
    /// A picture and the person in it.
    public struct Picture: Hashable, Sendable {
        /// The path: absolute, or relative to the folder of pictures.
        public let file: String
        /// The person in it; `nil` in an unlabeled list.
        public let identity: String?
        /// The source of the picture, if the list has one.
        public let source: String?
        /// The picture's line in the list, from 1. In a folder, its index in alphabetical order.
        public let line: Int

        /// Creates a picture from its parts.
        public init(file: String, identity: String?, source: String? = nil, line: Int) {
            self.file = file
            self.identity = identity
            self.source = source
            self.line = line
        }
    }

    /// The list's name in messages, usually its path.
    public let name: String
    /// The pictures, in the list's order.
    public let pictures: [Picture]
    /// Pictures directly in the folder of people.
    ///
    /// They belong to no person and are left out.
    public let strays: [String]

    /// Folders that could not be read, with reasons.
    ///
    /// Their pictures are missing.
    public let unreadable: [String]

    /// Symbolic links to folders, which were not followed.
    ///
    /// Their pictures are missing.
    public let links: LinkedFolders

    /// The distinct people in the list, in order of name.
    public var identities: [String] { Set(pictures.compactMap(\.identity)).sorted() }

    /// Creates a list from its pictures.
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

    /// A remark on ``links``; `nil` if there are none.
    public var linksRemark: String? { links.remark(Self.linksAdvice) }

    static let linksAdvice = "to include them, replace the links with the folders"

    /// The label of each picture: its person's index in ``identities``; `nil` if the person is unknown.
    public var labels: [Int?] {
        let numbers = Dictionary(uniqueKeysWithValues: identities.enumerated().map { ($1, $0) })
        return pictures.map { $0.identity.flatMap { numbers[$0] } }
    }

    /// Returns the location of a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of a list.
    ///   - folder: The base of relative paths.
    public static func url(of picture: Picture, in folder: URL) -> URL { TextFile.url(of: picture.file, in: folder) }

    /// Checks that every picture exists.
    ///
    /// - Throws: ``DatasetError/missingPictures(_:_:)`` with all missing pictures.
    public func check(in folder: URL) throws {
        let missing = pictures.filter { !TextFile.exists($0.file, in: folder) }
        guard missing.isEmpty else { throw DatasetError.missingPictures(name, missing) }
    }
}
