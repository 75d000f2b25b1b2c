import Foundation
import Likeness
import Testing

@testable import LikenessServer

@Suite("Keys, limits and queues") struct SecurityTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    private func keys() throws -> KeyStore {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return KeyStore(try ServerDatabase(at: folder.appending(path: "server.sqlite")))
    }

    @Test func filesThatAreNoDatabaseAreErrors() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let missing = folder.appending(path: "none.sqlite")
        #expect(throws: ServerError.noDatabase(missing.path)) { try ServerDatabase(at: missing, creates: false) }
        #expect(!FileManager.default.fileExists(atPath: missing.path))
        for contents in ["hello", String(repeating: "x", count: 10_000), "SQLite format 3\u{0}"] {
            let file = folder.appending(path: "text")
            try Data(contents.utf8).write(to: file)
            #expect(throws: ServerError.self) { try ServerDatabase(at: file) }
            #expect(try Data(contentsOf: file) == Data(contents.utf8), "it is not changed")
        }
        #expect(throws: ServerError.self) { try ServerDatabase(at: folder.appending(path: "no/folder")) }
    }

    @Test func aKeyIsKeptAsItsDigestOnly() async throws {
        let keys = try keys()
        let made = try await keys.create("door", role: .enroll, gallery: "staff", days: 30)
        #expect(try await keys.caller(of: made.secret) == Caller(id: made.key.id, role: .enroll, gallery: "staff"))
        let secret = try #require(made.secret.split(separator: "_").last)
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            #expect(try Data(contentsOf: file).range(of: Data(secret.utf8)) == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func wrongEndedAndRevokedKeysAreRefused() async throws {
        let keys = try keys()
        let made = try await keys.create("door", role: .read)
        let short = try await keys.create("short", role: .read, days: 1e-9)
        let last = made.secret.last == "0" ? "1" : "0"
        for wrong in [
            "", "lk", "lk__", "lk_0_0", made.secret + "0", String(made.secret.dropLast()) + last, short.secret,
            made.secret.replacing("lk_", with: "lx_"), "\u{0}" + made.secret.dropFirst(),
        ] {
            await #expect(throws: ServerError.invalidKey, "\(wrong)") { try await keys.caller(of: wrong) }
        }
        try await keys.revoke(made.key.id)
        await #expect(throws: ServerError.invalidKey) { try await keys.caller(of: made.secret) }
        await #expect(throws: ServerError.self) { try await keys.revoke("none") }
        #expect(try await keys.all().map { $0.isValid() } == [false, false])
    }

    @Test(
        arguments: [
            (Role.read, nil, Role.read, nil, true), (.read, nil, .enroll, nil, false), (.admin, nil, .admin, "a", true),
            (.enroll, "a", .enroll, "a", true), (.enroll, "a", .read, "b", false), (.enroll, "a", .enroll, nil, false),
            (.read, "a", .read, nil, true), (nil, nil, .read, nil, false),
        ] as [(Role?, String?, Role, String?, Bool)])
    func rolesAndGalleries(role: Role?, own: String?, needed: Role, gallery: String?, isAllowed: Bool) {
        let caller = Caller(id: "k", role: role, gallery: own)
        #expect(((try? caller.require(needed, in: gallery)) != nil) == isAllowed)
    }

    @Test func keysForOneGalleryCanNotRuleAll() async throws {
        let keys = try keys()
        await #expect(throws: ServerError.self) { try await keys.create("k", role: .admin, gallery: "a") }
        await #expect(throws: ServerError.self) { try await keys.create("", role: .read) }
        for days in [0, -1, .nan, .infinity, 1e9] {
            await #expect(throws: ServerError.self) { try await keys.create("k", role: .read, days: days) }
        }
    }

    @Test func aBucketGivesItsTokensOnce() async throws {
        let limiter = RateLimiter(rate: 1e-6, burst: 3)
        for _ in 0..<3 { try await limiter.take(for: "a") }
        await #expect(throws: ServerError.self) { try await limiter.take(for: "a") }
        try await limiter.take(for: "b")
        // Many addresses do not fill the memory, and do not give anybody more tokens at once.
        for index in 0..<25_000 { try await limiter.take(for: "address \(index)") }
    }

    @Test func theQueueRefusesWhatIsTooMuch() async throws {
        let queue = WorkQueue(working: 2, waiting: 3)
        let gate = AsyncStream<Void>.makeStream()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    let isDone = try? await queue.run {
                        for await _ in gate.stream { break }
                        return true
                    }
                    return isDone == true
                }
            }
            while await queue.load != (2, 3) { await Task.yield() }
            await #expect(throws: ServerError.overloaded(retryAfter: 1)) { try await queue.run { () } }
            gate.continuation.finish()
            for await isDone in group { #expect(isDone) }
        }
        #expect(await queue.load == (0, 0))
    }

    @Test func whoGivesUpLeavesTheQueue() async throws {
        let queue = WorkQueue(working: 1, waiting: 5)
        let gate = AsyncStream<Void>.makeStream()
        let first = Task { try await queue.run { for await _ in gate.stream { break } } }
        while await queue.load.active != 1 { await Task.yield() }
        let waiting = (0..<3).map { _ in Task { try await queue.run { () } } }
        while await queue.load.waiting != 3 { await Task.yield() }
        waiting[1].cancel()
        await #expect(throws: CancellationError.self) { try await waiting[1].value }
        #expect(await queue.load.waiting == 2)
        gate.continuation.finish()
        try await first.value
        try await waiting[0].value
        try await waiting[2].value
        #expect(await queue.load == (0, 0))
    }
}
