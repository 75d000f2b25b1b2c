import Foundation
import Synchronization
import Testing

@testable import Inference

struct SharedPropertiesTests {
    private let shared = SharedProperties()

    @Test func workWithTheSamePropertiesRunsSideBySide() async throws {
        let shared = shared, sets = Mutex(0)
        let arrived = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let met = Mutex(0)
        // Each waits inside until the other is inside too.
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            try? shared.whileSet(["streams": "1"]) {
                sets.withLock { $0 += 1 }
            } run: {
                arrived[1 - index].signal()
                if arrived[index].wait(timeout: .now() + 60) == .success { met.withLock { $0 += 1 } }
            }
        }
        #expect(met.withLock { $0 } == 2)
        #expect(sets.withLock { $0 } == 1)
    }

    @Test func otherPropertiesWaitUntilTheWorkBeforeHasEnded() throws {
        let shared = shared, hasEnded = Mutex(false), begun = DispatchSemaphore(value: 0)
        let endedAtSet = Mutex<Bool?>(nil)
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            if index == 0 {
                try? shared.whileSet(["streams": "1"]) {
                } run: {
                    begun.signal()
                    // Gives the other one time to do the wrong thing.
                    usleep(20_000)
                    hasEnded.withLock { $0 = true }
                }
            } else {
                begun.wait()
                try? shared.whileSet(["streams": "2"]) {
                    endedAtSet.withLock { $0 = hasEnded.withLock { $0 } }
                } run: {
                }
            }
        }
        #expect(endedAtSet.withLock { $0 } == true)
    }

    @Test func whatCouldNotBeSetIsSetAnew() throws {
        var sets = 0
        #expect(throws: EngineError.failed("no")) {
            try shared.whileSet(["streams": "1"]) { () throws(EngineError) in
                throw .failed("no")
            } run: {
            }
        }
        let result = try shared.whileSet(["streams": "1"]) {
            sets += 1
        } run: {
            "done"
        }
        #expect(result == "done" && sets == 1)
    }
}

struct DigestedFilesTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func aChangedFileIsDigestedAgain() throws {
        let file = folder.url.appending(path: "weights")
        #expect(try DigestedFiles.digest(of: file) == nil)
        try Data("abc".utf8).write(to: file)
        let first = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try DigestedFiles.digest(of: file) == first)
        #expect(try DigestedFiles.digest(of: file) == first)
        // The file keeps its length and its modification time.
        let modified = try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
        try Data("abd".utf8).write(to: file)
        try FileManager.default.setAttributes([.modificationDate: modified as Any], ofItemAtPath: file.path)
        #expect(try DigestedFiles.digest(of: file) != first)
    }
}
