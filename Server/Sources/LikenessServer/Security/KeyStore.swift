public import Foundation
import GRDB
import Likeness
import LikenessSupport

/// The keys of a server. Only their digests are kept, so a key can't be shown again.
///
/// A key is `lk_`, 16 hexadecimal digits that identify it, `_`, and 64 that are its secret, from the system's random
/// numbers. A key of 256 random bits needs no slow hash.
///
/// ```swift
/// let keys = KeyStore(try ServerDatabase(at: file))
/// let made = try await keys.create("door 1", role: .read, gallery: "staff", days: 365)
/// print(made.secret)   // the only time that it is known
/// ```
public struct KeyStore: Sendable {
    /// A key without its secret.
    public struct Key: Codable, Hashable, Sendable {
        /// The identifier, which logs may contain.
        public var id: String
        /// The name, for people.
        public var name: String
        /// What it allows.
        public var role: Role
        /// The only gallery that it is for; `nil` for all.
        public var gallery: String?
        /// When it was made.
        public var created: Date
        /// When it ends; `nil` for never.
        public var expires: Date?
        /// When it was revoked; `nil` if it was not.
        public var revoked: Date?

        /// Returns whether the key is valid at a time.
        public func isValid(at date: Date = Date()) -> Bool { revoked == nil && (expires.map { date < $0 } ?? true) }
    }

    /// A new key.
    public struct Made: Hashable, Sendable {
        /// The key.
        public var key: Key
        /// The text that clients send.
        public var secret: String
    }

    private let database: ServerDatabase

    /// Creates the keys of a database.
    public init(_ database: ServerDatabase) { self.database = database }

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - name: A name for people, 1 to 200 characters.
    ///   - role: What it allows.
    ///   - gallery: The only gallery that it is for; `nil` for all. A key for one gallery can't have the role `admin`.
    ///   - days: The days until it ends, above 0 and at most 36,500; `nil` for never.
    /// - Throws: ``ServerError``.
    public func create(_ name: String, role: Role, gallery: String? = nil, days: Double? = nil) async throws -> Made {
        guard (1...200).contains(name.count) else {
            throw ServerError.invalidKeyRequest("the key's name must have 1 to 200 characters")
        }
        if let days, !(days > 0 && days <= 36_500) {
            throw ServerError.invalidKeyRequest("a key's lifetime must be above 0 and at most 36500 days")
        }
        if gallery != nil, role == .admin {
            throw ServerError.invalidKeyRequest("a key for one gallery can't have the role admin")
        }
        let gallery = try gallery.map { try GalleryName.checked($0, of: "the gallery's name") }
        let (id, secret) = (Self.random(8), Self.random(32))
        let now = Date()
        let key = Key(
            id: id, name: name, role: role, gallery: gallery, created: now,
            expires: days.map { now.addingTimeInterval($0 * 86_400) })
        let digest = try SHA256(of: Data(secret.utf8)).bytes
        try await database.writing { database in
            try database.execute(
                sql: "INSERT INTO key (id, name, digest, role, gallery, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    id, name, digest, role.rawValue, gallery, Self.milliseconds(now),
                    key.expires.map(Self.milliseconds),
                ])
        }
        return Made(key: key, secret: "lk_\(id)_\(secret)")
    }

    /// Returns all keys, oldest first, also those that are no longer valid.
    public func all() async throws -> [Key] {
        try await database.reading { database in
            try Row.fetchAll(database, sql: "SELECT * FROM key ORDER BY created, id").compactMap(Self.key)
        }
    }

    /// Revokes a key at once and for good.
    ///
    /// - Throws: ``ServerError/invalidKeyRequest(_:)`` if there is no such key.
    public func revoke(_ id: String) async throws {
        let changed = try await database.writing { database in
            try database.execute(
                sql: "UPDATE key SET revoked = COALESCE(revoked, ?) WHERE id = ?",
                arguments: [Self.milliseconds(Date()), id])
            return database.changesCount
        }
        guard changed > 0 else { throw ServerError.invalidKeyRequest("there is no key with the id '\(id)'") }
    }

    /// Returns the caller who has a key.
    ///
    /// - Throws: ``ServerError/invalidKey``.
    func caller(of text: String) async throws -> Caller {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "lk", text.utf8.count == 84 else { throw ServerError.invalidKey }
        let id = String(parts[1])
        let found = try await database.reading { database in
            try Row.fetchOne(database, sql: "SELECT * FROM key WHERE id = ?", arguments: [id]).map { row in
                (Self.key(row), try row.decode(Data.self, forColumn: "digest"))
            }
        }
        // An unknown key takes as long as a known one.
        let digest = try SHA256(of: Data(parts[2].utf8)).bytes
        let isRight = Self.areEqual(digest, found?.1 ?? Data(count: digest.count))
        guard isRight, let key = found?.0, key.isValid() else { throw ServerError.invalidKey }
        return Caller(id: key.id, role: key.role, gallery: key.gallery)
    }

    /// Compares all bytes, so that the time says nothing about the place of the first difference.
    private static func areEqual(_ a: Data, _ b: Data) -> Bool {
        a.count == b.count && zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func key(_ row: Row) -> Key? {
        guard let id = row["id"] as String?, let name = row["name"] as String?,
            let role = (row["role"] as String?).flatMap(Role.init(rawValue:)), let created = row["created"] as Int64?
        else { return nil }
        return Key(
            id: id, name: name, role: role, gallery: row["gallery"], created: date(created),
            expires: (row["expires"] as Int64?).map(date), revoked: (row["revoked"] as Int64?).map(date))
    }

    private static func random(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }
    private static func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
