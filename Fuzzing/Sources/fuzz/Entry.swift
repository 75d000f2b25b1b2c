import Foundation
import Synchronization

/// The reader named by `FUZZ_TARGET`; without it, all readers are listed with their longest inputs.
private let chosen: Reader = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    if let reader = Reader.all.first(where: { $0.name == name }) { return reader }
    for reader in Reader.all { print(reader.name, reader.longest) }
    fflush(nil)
    _exit(name.isEmpty ? 0 : 2)
}()

/// The entry point that libFuzzer calls before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func chooseReader(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    _ = chosen
    return 0
}

/// The entry point that libFuzzer calls with each input.
///
/// A trap, or an error that the reader does not promise, is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let reader = chosen, bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do {
        switch reader.work {
        case .direct(let work): try work(bytes)
        case .waiting(let work): try wait { try await work(bytes) }
        }
    } catch {
        if !reader.expects(error) { fatalError("\(Reader.Unexpected(reader: reader.name, error: error))") }
    }
    return 0
}

/// Runs asynchronous work from libFuzzer's thread.
private func wait(_ work: @escaping @Sendable () async throws -> Void) throws {
    let result = Mutex<Result<Void, any Error>?>(nil), done = DispatchSemaphore(value: 0)
    Task {
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
        result.withLock { $0 = outcome }
        done.signal()
    }
    done.wait()
    try result.withLock { $0 }?.get()
}
