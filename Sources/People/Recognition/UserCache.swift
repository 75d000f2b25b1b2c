public import Foundation
import GRDB
import LikenessSupport

/// The files that Likeness keeps in the user's cache folder to be faster the next time. All of them can be made again.
///
/// Embeddings identify people. Those of every evaluated picture stay here until they are cleared.
public struct UserCache: Sendable {
    /// The kinds of cached files.
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// Embeddings of evaluated pictures: see ``EmbeddingCache``.
        case embeddings
        /// Networks compiled by the engine.
        case networks
        /// Notes of which weight files have been verified against their cards.
        case digests
    }

    /// The cached files of one kind for one model.
    public struct Part: Codable, Hashable, Sendable {
        /// The kind.
        public var kind: Kind
        /// The model's name; `nil` if the part belongs to no model, or the model can't be determined.
        public var model: String?
        /// The file or the folder.
        public var path: String
        /// The number of embeddings, networks or notes; `nil` if the file can't be read.
        public var entries: Int?
        /// The size on disk in bytes. For embeddings that share a file with others, the size of their rows.
        public var bytes: Int
        /// The time of the last use, if known.
        public var lastUsed: Date?
    }

    /// The cache folder.
    public let directory: URL

    /// Creates a description of the cache in `directory`.
    ///
    /// - Parameter directory: The folder; `nil` for the user's own: `$XDG_CACHE_HOME/likeness`, else
    ///   `~/.cache/likeness`.
    public init(directory: URL? = nil) { self.directory = directory ?? Cache.root }

    /// Returns everything in the cache, sorted by kind, then model. Changes nothing.
    public func parts() -> [Part] {
        (embeddings + networks + digests).sorted { one, other in
            one.kind == other.kind
                ? (one.model ?? "") < (other.model ?? "") : one.kind.rawValue < other.kind.rawValue
        }
    }

    /// Removes cached files.
    ///
    /// - Parameters:
    ///   - kind: The kind to remove; `nil` for all.
    ///   - model: The model whose files are removed; `nil` for all.
    /// - Returns: The removed parts.
    /// - Throws: ``RecognitionError/cacheUnusable(_:reason:)`` if something can't be removed.
    @discardableResult
    public func clear(_ kind: Kind? = nil, model: String? = nil) throws -> [Part] {
        let parts = parts().filter { kind == nil || $0.kind == kind }
        let chosen = parts.filter { model == nil || $0.model == model }
        // An unreadable file of embeddings may contain the model's, so they must not be reported as removed.
        if (chosen + parts.filter { $0.entries == nil }).contains(where: { $0.kind == .embeddings }) {
            try clearEmbeddings(model: model)
        }
        for part in chosen where part.kind == .networks { try remove(networkFiles(of: part.model)) }
        if chosen.contains(where: { $0.kind == .digests }) { try remove(digestFiles) }
        return chosen
    }

    // MARK: Networks and digests

    private var compiled: URL { directory.appending(path: Cache.compiledName) }

    private var networks: [Part] {
        let folders = contents(of: compiled).filter(\.hasDirectoryPath).map(\.lastPathComponent)
        return (folders.map(Optional.some) + [nil]).compactMap { model in
            let files = networkFiles(of: model)
            guard !files.isEmpty else { return nil }
            return part(.networks, model: model, at: model.map { compiled.appending(path: $0) } ?? compiled, files)
        }
    }

    private var digests: [Part] {
        let files = digestFiles
        return files.isEmpty ? [] : [part(.digests, model: nil, at: compiled, files)]
    }

    /// Returns the networks of a model. If `model` is `nil`, returns those of an earlier version and unfinished files.
    private func networkFiles(of model: String?) -> [URL] {
        let folder = model.map { compiled.appending(path: $0) } ?? compiled
        return contents(of: folder).filter { ["network", "part"].contains($0.pathExtension) }
    }

    private var digestFiles: [URL] { contents(of: compiled).filter { $0.pathExtension == "verified" } }

    private func part(_ kind: Kind, model: String?, at place: URL, _ files: [URL]) -> Part {
        let values = files.compactMap { try? $0.resourceValues(forKeys: [.fileSizeKey, .contentModificationDateKey]) }
        return Part(
            kind: kind, model: model, path: place.path, entries: files.count,
            bytes: values.reduce(0) { $0 + ($1.fileSize ?? 0) },
            lastUsed: values.compactMap(\.contentModificationDate).max())
    }

    private func contents(of folder: URL) -> [URL] {
        (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])) ?? []
    }

    private func remove(_ files: [URL]) throws {
        for file in files {
            do {
                try SystemPath(file.path).remove()
            } catch  where !error.isMissing {
                throw RecognitionError.cacheUnusable(file.path, reason: error.reason)
            } catch {}
        }
        for folder in Set(files.map { $0.deletingLastPathComponent() })
        where folder.deletingLastPathComponent().path == compiled.path { try? SystemPath(folder.path).removeFolder() }
    }

    // MARK: Embeddings

    private var database: URL { directory.appending(path: EmbeddingCache.fileName) }

    private var embeddings: [Part] {
        let files = EmbeddingCache.suffixes.map { URL(filePath: database.path + $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        guard !files.isEmpty else { return [] }
        var whole = part(.embeddings, model: nil, at: database, files)
        whole.entries = nil
        guard let rows = try? read() else { return [whole] }
        return rows.map { row in
            Part(
                kind: .embeddings, model: row.model, path: database.path, entries: row.count, bytes: row.bytes,
                lastUsed: row.lastUsed ?? whole.lastUsed)
        }
    }

    private struct Kept {
        var model: String
        var count: Int
        var bytes: Int
        var lastUsed: Date?
    }

    /// A recipe begins with the model's identity, `NAME@CONTRACT`.
    private static let modelOfRecipe = "substr(recipe, 1, instr(recipe, '@') - 1)"

    private func read() throws -> [Kept] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: database.path, configuration: configuration).read { database in
            var used: [String: Double] = [:]
            if try database.tableExists("use") {
                for row in try Row.fetchAll(
                    database, sql: "SELECT \(Self.modelOfRecipe) AS model, max(last) AS last FROM use GROUP BY 1")
                {
                    used[try row.decode(forColumn: "model")] = try row.decode(Double?.self, forColumn: "last")
                }
            }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Self.modelOfRecipe) AS model, count(*) AS count,
                        sum(length(content) + length(recipe) + ifnull(length(vector), 0) + ifnull(length(context), 0))
                        AS bytes
                    FROM embedding GROUP BY 1 ORDER BY 1
                    """
            ).map { row in
                let model: String = try row.decode(forColumn: "model")
                return Kept(
                    model: model, count: try row.decode(forColumn: "count"), bytes: try row.decode(forColumn: "bytes"),
                    lastUsed: used[model].map(Date.init(timeIntervalSince1970:)))
            }
        }
    }

    /// Removes embeddings so that none of their bytes remain in the files.
    private func clearEmbeddings(model: String?) throws {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase {
                try $0.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
            }
            try DatabaseQueue(path: database.path, configuration: configuration).writeWithoutTransaction { database in
                for table in ["embedding", "use"] where try database.tableExists(table) {
                    try database.execute(
                        sql: "DELETE FROM \(table) WHERE ?1 IS NULL OR \(Self.modelOfRecipe) = ?1", arguments: [model])
                }
                // Earlier versions did not overwrite what was replaced. Rewriting the file leaves only the current
                // content.
                try database.execute(sql: "VACUUM")
                _ = try database.checkpoint(.truncate)
            }
        } catch let error as DatabaseError
            where model == nil && ![.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
        {
            // The file is damaged, or there is no space to change it: remove it entirely.
            try remove(EmbeddingCache.suffixes.map { URL(filePath: database.path + $0) })
        } catch let error as DatabaseError {
            throw RecognitionError.cacheUnusable(database.path, reason: error.message ?? "\(error.resultCode)")
        }
    }
}
