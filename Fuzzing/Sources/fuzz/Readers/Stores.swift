import Faces
import Foundation
import GRDB

@testable import Identities
@testable import IdentitiesSQLite

extension Reader {
    static let stores = [
        Reader("gallery-export", longest: 8192, expects: { $0 is GalleryError }) { bytes in
            let file = try Scratch.file("export.jsonl", bytes)
            let export = try GalleryExport(contentsOf: file)
            try export.forEach { _ in }
            let store = try await SQLiteStore(at: try TriedStore.copy("imported"))
            let gallery = try await store.importGallery(from: file)
            try await gallery.export(to: Scratch.folder.appending(path: "exported.jsonl"))
            try await use(store)
        },
        Reader("gallery-document", longest: 8192, expects: { $0 is DecodingError }) { bytes in
            let document = try JSONDecoder().decode(GalleryDocument.self, from: Data(bytes))
            let store = DocumentStore(document)
            try await use(store)
            // A document that was accepted stays one that is accepted, whatever is done to it.
            for document in [document, await store.document] {
                let again = try JSONDecoder().decode(GalleryDocument.self, from: JSONEncoder().encode(document))
                precondition(again == document, "JSON does not keep the document")
            }
        },
        // The columns of a store's rows, in the format of ``RowBytes``.
        Reader("store-rows", longest: 1024, expects: { $0 is GalleryError }) { bytes in
            let file = try TriedStore.copy("rows")
            try RowBytes(bytes).fill(file)
            try await use(SQLiteStore(at: file))
        },
        // The first bytes of a store's file: the input replaces the beginning of a small store.
        Reader("store-file", longest: 65_536, expects: { $0 is GalleryError }) { bytes in
            let file = try TriedStore.copy("file")
            try Data(bytes).write(to: file)
            try await use(SQLiteStore(at: file, patience: 0.1))
        },
        // A write-ahead log beside an empty store, in the format of ``LogBytes``, read without SQLite's shared memory.
        Reader("store-log", longest: 1024, expects: { $0 is GalleryError }) { bytes in
            let file = try TriedStore.copy("log")
            try LogBytes(bytes).log(of: Data(contentsOf: file)).write(to: URL(filePath: file.path + "-wal"))
            try await SQLiteStore.translating(file.path) {
                let queue = try StoreCopy(file.path, patience: 0.1).open()
                try queue.read { database in
                    for gallery in try GalleryInfo.fetch(database, "") {
                        _ = try SQLiteStore.size(of: gallery, database)
                    }
                    _ = try Person.fetch(database, "", [])
                    _ = try Template.fetch(database, "", [])
                }
            }
        },
    ]

    /// Calls every operation of a store.
    ///
    /// - Throws: Errors of listing the galleries; for all other operations, only errors that a store does not promise.
    private static func use(_ store: some GalleryStore) async throws {
        for info in try await store.galleries() {
            try await trying { try await use(info, in: store) }
            try await trying { try await store.renameGallery(info.name, to: "another name of \(info.id)") }
            try await trying { try await store.removeGallery("another name of \(info.id)") }
        }
        if let store = store as? SQLiteStore { try await trying { try await store.scrub() } }
    }

    private static func use(_ info: GalleryInfo, in store: some GalleryStore) async throws {
        let gallery = Gallery(info: info, store: store)
        var values = [Float](repeating: 0, count: info.dimension)
        values[0] = 1
        let embedding = try Embedding(unit: values, model: info.model)
        try await trying { _ = try await gallery.size() }
        try await trying { try await gallery.export(to: Scratch.folder.appending(path: "exported.jsonl")) }
        try await trying { _ = try await store.nearestPeople(to: [values], count: 3, in: info) }
        try await trying { _ = try await gallery.enroll("new", embedding) }
        try await trying { try await gallery.rename(try await gallery.person("new").id, to: "newer") }
        for person in try await gallery.people().prefix(3) {
            try await trying {
                for template in try await gallery.templates(of: person.id) {
                    do {
                        _ = try await gallery.embedding(of: template.id)
                    } catch is FaceError {
                        // The values of a row are not a unit vector.
                    }
                    try await gallery.removeTemplate(template.id)
                }
            }
            try await trying { try await gallery.setMetadata(["a": "b"], of: person.id) }
            try await trying { try await gallery.merge(person.id, into: try await gallery.person("newer").id) }
            try await trying { try await gallery.remove(person.id) }
        }
    }

    /// Runs `body`, and ignores errors that a store promises.
    private static func trying(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch is GalleryError {
            // A promised error: the next operation is tried too.
        }
    }
}

/// A store that keeps its galleries in memory.
private actor DocumentStore: GalleryDocumentStore {
    private(set) var document: GalleryDocument
    nonisolated let files: [URL] = []

    init(_ document: GalleryDocument) { self.document = document }

    func update<Result: Sendable>(_ change: (inout GalleryDocument) throws -> Result) throws -> Result {
        try change(&document)
    }
}

/// Copies of an empty store.
enum TriedStore {
    /// The file of an empty store, its log already merged.
    private static let template: Result<Data, any Error> = Result {
        let file = Scratch.folder.appending(path: "template.sqlite")
        // Like creating a store, but without the pool: its files must be closed when they are copied.
        let queue = try DatabaseQueue(path: file.path)
        try queue.write { try StoreSchema.complete($0) }
        try queue.close()
        return try Data(contentsOf: file)
    }

    /// Returns a new copy that replaces the one with this name; SQLite's files beside it are removed.
    static func copy(_ name: String) throws -> URL {
        let file = Scratch.folder.appending(path: "\(name).sqlite")
        for suffix in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: file.path + suffix) }
        try? FileManager.default.removeItem(at: file)
        try template.get().write(to: file)
        return file
    }
}

/// Bytes that become the values of a store's rows.
///
/// For each column, one byte says whether the value is as the store writes it, or NULL, an integer, a floating-point
/// number, a text or a blob of the following bytes.
struct RowBytes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// Inserts a gallery, two people, three templates and a removal into the store in `file`.
    func fill(_ file: URL) throws {
        var bytes = self
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try queue.write { database in
            let unit = Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0])
            try bytes.insert(
                "gallery", ["id": 1, "name": "g", "model": "m", "contract": "c/1", "dimension": 2, "created": 9],
                ["revision": 5], database)
            for key in [1, 2] as [Int64] {
                try bytes.insert(
                    "person",
                    ["key": key, "gallery": 1, "id": "p\(key)", "name": "n\(key)", "metadata": "{\"a\":\"b\"}"],
                    ["created": 9], database)
            }
            for id in [1, 2, 3] as [Int64] {
                try bytes.insert(
                    "template", ["id": id, "gallery": 1, "person": 1 + id % 2, "revision": id, "label": "l"],
                    ["digest": "d", "context": nil, "created": 9, "vector": unit], database)
            }
            try bytes.insert("removal", ["template": 3, "gallery": 1, "revision": 5], [:], database)
        }
        try queue.close()
    }

    private mutating func insert(
        _ table: String, _ first: KeyValuePairs<String, (any DatabaseValueConvertible)?>,
        _ second: KeyValuePairs<String, (any DatabaseValueConvertible)?>, _ database: Database
    ) throws {
        let columns = Array(first) + Array(second)
        let values = columns.map { next(usually: $0.value) }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        do {
            try database.execute(
                sql: "INSERT INTO \(table) (\(columns.map(\.key).joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(values))
        } catch is DatabaseError {
            // SQLite itself refuses such a row, for example NULL in a required column or a repeated key.
        }
    }

    private mutating func next(
        usually value: (any DatabaseValueConvertible)?
    ) -> (any DatabaseValueConvertible)? {
        switch (rest.popFirst() ?? 0) % 12 {
        case 0...5: value
        case 6: nil
        case 7: Int64(truncatingIfNeeded: number(8))
        case 8: Int64(Int8(truncatingIfNeeded: number(1)))
        case 9: Double(bitPattern: number(8))
        case 10: String(decoding: take(), as: UTF8.self)
        default: Data(take())
        }
    }

    private mutating func number(_ count: Int) -> UInt64 {
        (0..<count).reduce(0) { value, _ in value << 8 | UInt64(rest.popFirst() ?? 0) }
    }

    private mutating func take() -> ArraySlice<UInt8> {
        let count = Int(rest.popFirst() ?? 0)
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

/// Bytes that become a write-ahead log with correct checksums, which mutations would never guess.
///
/// The first byte chooses the page size. Frames of 8 bytes follow: a page's number, the database's size after the
/// commit (0: none; 254 and 255: far beyond its size), the place of the change in the page (two bytes), and the bytes
/// written there.
struct LogBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Returns the log of a database with these contents.
    func log(of file: Data) -> Data {
        let pageSize = [512, 1024, 4096, 4096, 4096, 8192, 65536][Int(bytes.first ?? 2) % 7]
        var log = Log()
        log.words([0x377f_0682, 3_007_000, UInt32(pageSize), 0, 7, 8])
        log.check(0..<24)
        var rest = bytes.dropFirst()[...]
        while rest.count >= 8 {
            let frame = Array(rest.prefix(8))
            rest = rest.dropFirst(8)
            let start = log.data.count, number = UInt32(frame[0])
            log.words([number, pages(frame[1], pageSize), 7, 8])
            // The page as in the file, and zeros beyond its end.
            let place = max(Int(number) - 1, 0) * pageSize
            var page = Data(file.dropFirst(place).prefix(pageSize))
            page.append(Data(count: pageSize - page.count))
            let changed = (Int(frame[2]) << 8 | Int(frame[3])) % pageSize
            page.replaceSubrange(changed..<min(changed + 4, pageSize), with: frame[4..<4 + min(4, pageSize - changed)])
            log.sums(start..<start + 8)
            log.data.append(page)
            log.sums(log.data.count - pageSize..<log.data.count)
            log.insertSums(at: start + 16)
        }
        return log.data
    }

    private func pages(_ byte: UInt8, _ pageSize: Int) -> UInt32 {
        switch byte {
        case 255: .max
        case 254: UInt32((4 << 20) / pageSize)
        default: UInt32(byte)
        }
    }

    private struct Log {
        var data = Data()
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        mutating func words(_ words: [UInt32]) {
            for word in words { withUnsafeBytes(of: word.bigEndian) { data.append(contentsOf: $0) } }
        }

        mutating func sums(_ range: Range<Int>) {
            for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                first &+= word(place) &+ second
                second &+= word(place + 4) &+ first
            }
        }

        mutating func check(_ range: Range<Int>) {
            sums(range)
            words([first, second])
        }

        mutating func insertSums(at place: Int) {
            let sums = [first, second].flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
            data.insert(contentsOf: sums, at: place)
        }

        private func word(_ place: Int) -> UInt32 {
            data.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
        }
    }
}
