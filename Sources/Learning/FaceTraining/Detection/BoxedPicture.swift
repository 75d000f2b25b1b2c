import Datasets
import Foundation
import Pixels

/// A photograph and the boxes of all faces in it; a photograph without faces has none.
struct BoxedPicture: Sendable, Hashable {
    /// The location of the photograph.
    let file: URL
    /// The faces' boxes, in the photograph's pixels.
    let boxes: [Box]

    /// The name of the list in a folder of photographs.
    static let listName = "boxes.csv"

    /// Returns the photographs in a folder whose `boxes.csv` has a line for each face, in order of their names.
    ///
    /// - Throws: `DatasetError` with every invalid line.
    static func pictures(in folder: URL) throws -> [BoxedPicture] {
        try MarkedFaceList(contentsOf: folder.appending(path: listName)).pictures
            .sorted { $0.file < $1.file }
            .map { BoxedPicture(file: MarkedFaceList.url(of: $0, in: folder), boxes: $0.faces) }
    }

    /// Returns the pictures in a folder and its subfolders, none of which shows a face, in order of their names.
    ///
    /// - Throws: `DatasetError` if the folder can't be read or has no pictures.
    static func faceless(in folder: URL) throws -> [BoxedPicture] {
        try IdentityList.unlabelled(folder).pictures
            .map { BoxedPicture(file: IdentityList.url(of: $0, in: folder), boxes: []) }
    }
}
