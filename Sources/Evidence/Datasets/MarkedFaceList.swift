public import Foundation
import LikenessSupport
public import Pixels

/// Pictures with the boxes of all their faces, for counting the faces that a detector finds.
///
/// The format is comma-separated text with a header, `image,xmin,ymin,xmax,ymax`, one line for each face. Other columns
/// are ignored.
public struct MarkedFaceList: Hashable, Sendable {
    /// A picture and its faces.
    public struct Picture: Hashable, Sendable {
        /// The path: absolute, or relative to the folder of pictures.
        public let file: String
        /// The boxes of all faces, in the picture's pixels.
        public internal(set) var faces: [Box]
    }

    /// The list's name in messages, usually its path.
    public let name: String
    /// The pictures, in the order of their first lines.
    public let pictures: [Picture]

    /// Creates a list from a file.
    ///
    /// - Throws: ``DatasetError`` with every invalid line.
    public init(contentsOf file: URL) throws {
        try self.init(CSVRecords(TextFile.bytes(of: file)), name: file.path)
    }

    /// Creates a list from text.
    ///
    /// - Parameters:
    ///   - text: The list.
    ///   - name: The list's name in messages.
    /// - Throws: ``DatasetError``, as ``init(contentsOf:)`` does.
    public init(text: String, name: String = "the list of boxes") throws {
        try self.init(CSVRecords([UInt8](text.utf8)), name: name)
    }

    private init(_ text: CSVRecords, name: String) throws {
        var faults = text.lineFaults, pictures: [Picture] = [], places: [String: Int] = [:]
        if let header = text.records.first {
            do throws(LineFault) {
                let columns = try CSVColumns(header: header, required: ["image"] + Self.edges, optional: [])
                for record in text.records.dropFirst() {
                    do throws(LineFault) {
                        let file = try columns.field("image", of: record), box = try Self.box(of: record, columns)
                        if let place = places[file] {
                            pictures[place].faces.append(box)
                        } else {
                            places[file] = pictures.count
                            pictures.append(Picture(file: file, faces: [box]))
                        }
                    } catch {
                        faults.append(error)
                    }
                }
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw DatasetError.malformed(name, faults.sorted { $0.line < $1.line }) }
        guard !pictures.isEmpty else { throw DatasetError.empty(name) }
        (self.name, self.pictures) = (name, pictures)
    }

    private static let edges = ["xmin", "ymin", "xmax", "ymax"]
    /// The greatest distance from the picture's first pixel, which is far more than any picture's side.
    private static let greatest: Float = 1_000_000

    private static func box(of record: CSVRecords.Record, _ columns: CSVColumns) throws(LineFault) -> Box {
        var numbers: [Float] = []
        for edge in edges {
            let field = try columns.field(edge, of: record)
            guard let number = Float(field), abs(number) <= greatest else {
                throw LineFault(line: record.line, field: field, message: "\(edge) is not a number of pixels")
            }
            numbers.append(number)
        }
        guard numbers[2] > numbers[0], numbers[3] > numbers[1] else {
            throw LineFault(line: record.line, message: "the box has no area")
        }
        return Box(x: numbers[0], y: numbers[1], width: numbers[2] - numbers[0], height: numbers[3] - numbers[1])
    }

    /// Returns the location of a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of a list.
    ///   - folder: The base of relative paths.
    public static func url(of picture: Picture, in folder: URL) -> URL { TextFile.url(of: picture.file, in: folder) }
}
