import Faces
import Foundation
import LikenessSupport
import Pixels

@testable import Datasets

extension Reader {
    static let archives = [
        // An index, a zero, and the bytes of the only part. `@SHA` and `@LEN` in the index become the part's digest and
        // length, which mutations would never guess.
        Reader("archive", expects: { $0 is ArchiveError }) { bytes in
            let folder = try Scratch.emptied("archive"), (index, part) = bytes.halves
            try Data(part).write(to: folder.appending(path: "part-0001.bin"))
            let text = Array(index).text
                .replacing("@SHA", with: try SHA256(of: Array(part)).hexadecimal)
                .replacing("@LEN", with: "\(part.count)")
            try Data(text.utf8).write(to: folder.appending(path: "index.jsonl"))
            let archive = try FaceArchive(contentsOf: folder)
            _ = archive.labels
            _ = archive.indices(of: archive.identities.prefix(1))
            _ = try archive.joined(with: archive).bytes(at: archive.entries.count)
            let template = AlignmentTemplate.arcface(size: 112)
            for (index, entry) in archive.entries.enumerated().prefix(2) {
                _ = try? ImageHeader(decoding: archive.bytes(at: index))
                _ = try? entry.face.aligned(in: drawnOn, to: template)
                _ = entry.sizeInPicture
            }
        },
        // The journal of an interrupted packing, a zero, and the bytes of the first part.
        Reader("archive-journal", expects: { $0 is ArchiveError }) { bytes in
            let folder = try Scratch.emptied("archive-journal"), (journal, part) = bytes.halves
            try Data(part).write(to: folder.appending(path: "part-0001.bin"))
            try Data(journal).write(to: folder.appending(path: "index.partial"))
            let writer = try FaceArchiveWriter(folder: folder, detector: "d", crop: LooseCrop.Settings())
            if !writer.files.contains("new.jpg") { try writer.skip("new.jpg", reason: "no face") }
            try writer.finish(order: ["new.jpg"])
            _ = try FaceArchive(contentsOf: folder)
        },
    ]

    private static let drawnOn = Image(width: 8, height: 8, pixels: [UInt8](repeating: 120, count: 192))
}
