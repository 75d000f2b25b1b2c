import Datasets
import Foundation
import LikenessSupport
import Pixels

/// A photograph and the boxes of all faces in it; a photograph without faces has none.
struct BoxedPicture: Sendable, Hashable {
    /// The location of the photograph.
    let file: URL
    /// The faces' boxes, in the photograph's pixels.
    let boxes: [Box]

    /// The name of the list in a folder of photographs.
    static let listName = "boxes.csv"
    private static let edges = ["xmin", "ymin", "xmax", "ymax"]

    /// Returns the photographs in a folder whose `boxes.csv` has a line for each face, in order of their names.
    ///
    /// The list has the columns `image,xmin,ymin,xmax,ymax`, in any order and among others.
    ///
    /// - Throws: `DatasetError` with every invalid line.
    static func pictures(in folder: URL) throws -> [BoxedPicture] {
        let file = folder.appending(path: listName)
        guard let bytes = try? Data(contentsOf: file) else {
            throw DatasetError.unreadable(file.path, reason: "there is no such file, or it can't be opened")
        }
        let boxes = try boxes(in: CSVRecords([UInt8](bytes)), name: file.path)
        guard !boxes.isEmpty else { throw DatasetError.empty(file.path) }
        return boxes.sorted { $0.key < $1.key }.map { name, boxes in
            BoxedPicture(file: folder.appending(path: name), boxes: boxes)
        }
    }

    /// Returns the boxes by picture.
    static func boxes(in text: CSVRecords, name: String) throws(DatasetError) -> [String: [Box]] {
        var faults = text.faults.map { LineFault(line: $0.line, message: $0.message) }
        var boxes: [String: [Box]] = [:]
        if let header = text.records.first {
            let names = header.fields.map { $0.lowercased() }
            let places = (["image"] + edges).map { names.firstIndex(of: $0) }
            guard let image = places[0], places.allSatisfy({ $0 != nil }) else {
                throw .malformed(
                    name,
                    [
                        LineFault(
                            line: header.line, message: "the header must name image,\(edges.joined(separator: ","))")
                    ])
            }
            for record in text.records.dropFirst() {
                do throws(LineFault) {
                    guard record.fields.count == names.count else {
                        throw LineFault(
                            line: record.line, message: "\(record.fields.count) fields instead of \(names.count)")
                    }
                    let numbers = places.dropFirst().compactMap { $0.flatMap { Float(record.fields[$0]) } }
                    boxes[record.fields[image], default: []].append(try box(numbers, line: record.line))
                } catch {
                    faults.append(error)
                }
            }
        }
        guard faults.isEmpty else { throw .malformed(name, faults.sorted { $0.line < $1.line }) }
        return boxes
    }

    private static func box(_ edges: [Float], line: Int) throws(LineFault) -> Box {
        guard edges.count == 4, edges.allSatisfy({ $0.magnitude < 100_000 }), edges[0] < edges[2], edges[1] < edges[3]
        else {
            throw LineFault(line: line, message: "xmin,ymin,xmax,ymax must be numbers, each minimum below its maximum")
        }
        return Box(x: edges[0], y: edges[1], width: edges[2] - edges[0], height: edges[3] - edges[1])
    }
}
