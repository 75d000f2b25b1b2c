import Foundation
import GRDB
public import Identities

/// A gallery's templates in memory, kept in step with the file, including changes by other processes.
actor GalleryIndex {
    private let gallery: GalleryInfo
    private let database: any DatabaseWriter
    private let path: String
    private let scan: VectorScan
    private let queue = SerialQueue(label: "likeness.gallery-index")
    private var vectors: VectorIndex
    /// The revision of the gallery in ``vectors``.
    private var revision: Int64 = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(_ gallery: GalleryInfo, database: any DatabaseWriter, path: String, scan: VectorScan) {
        self.gallery = gallery
        self.path = path
        self.database = database
        self.scan = scan
        vectors = VectorIndex(dimension: gallery.dimension)
    }

    /// Returns the nearest people of each probe, all as of the same point in time: no removed person is found.
    func nearestPeople(to probes: [[Float]], count: Int) throws -> [[PersonMatch]] {
        try database.read { database in
            try refresh(database)
            return try vectors.nearest(to: probes, groups: count, scan: scan).map { matches in
                try matches.map { try person($0, database) }
            }
        }
    }

    /// Erases removed templates from memory.
    func forgetRemoved() throws {
        try database.read { try refresh($0) }
    }

    private func person(_ match: VectorMatch, _ database: Database) throws -> PersonMatch {
        guard let person = try Person.fetch(database, "WHERE key = ?", [match.group]).first,
            let template = try Template.fetch(database, "WHERE id = ?", [match.id]).first
        else { throw damage("a template without a person") }
        return PersonMatch(person: person, template: template, similarity: match.similarity)
    }

    private func refresh(_ database: Database) throws {
        let current = try Int64.fetchOne(
            database, sql: "SELECT revision FROM gallery WHERE id = ?", arguments: [gallery.id])
        guard let current else { throw try SQLiteStore.missing(gallery.name, database) }
        guard current != revision else { return }
        // A copy of an older state may have replaced the file.
        if current < revision { empty() }
        do {
            try followRemovals(database)
            try followAdditions(database)
            revision = current
        } catch {
            empty()
            throw error
        }
    }

    private func empty() {
        vectors = VectorIndex(dimension: gallery.dimension)
        revision = 0
    }

    private func followRemovals(_ database: Database) throws {
        guard vectors.count > 0 else { return }
        let removed = try Int64.fetchCursor(
            database, sql: "SELECT template FROM removal WHERE gallery = ? AND revision > ?",
            arguments: [gallery.id, revision])
        while let id = try removed.next() { vectors.remove(id: id) }
    }

    private func followAdditions(_ database: Database) throws {
        if vectors.count == 0 { vectors.reserve(try SQLiteStore.size(of: gallery, database).templates) }
        let added = try Row.fetchCursor(
            database, sql: "SELECT id, person, vector FROM template WHERE gallery = ? AND revision > ?",
            arguments: [gallery.id, revision])
        while let row = try added.next() {
            let id = try row.decode(Int64.self, atIndex: 0), person = try row.decode(Int64.self, atIndex: 1)
            try row.withUnsafeData(atIndex: 2) { data in
                let values = [Float](littleEndian: data ?? Data())
                do {
                    try vectors.insert(values, id: id, group: person)
                } catch let error as GalleryError {
                    guard case .invalidVector(let reason) = error else { throw error }
                    throw damage("template \(id): \(reason)")
                }
            }
        }
    }

    private func damage(_ reason: String) -> GalleryError { .damaged(path, reason: reason) }
}

extension SQLiteStore {
    /// Returns for each probe the `count` people with the nearest templates, nearest first.
    public func nearestPeople(
        to probes: [[Float]], count: Int, in gallery: GalleryInfo
    ) async throws -> [[PersonMatch]] {
        let index = index(of: gallery)
        return try await Self.translating(url.path) { try await index.nearestPeople(to: probes, count: count) }
    }
}
