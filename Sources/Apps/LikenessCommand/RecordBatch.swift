import ArgumentParser
import Foundation
import Pixels
package import Recognition

/// Prints a record for each item of a batch as it becomes ready, with progress, and ends with the right exit status.
package struct RecordBatch {
    /// What the items are called, in order.
    package var names: [String]
    package var output: OutputOptions
    package var quiet: Bool

    /// - Parameters:
    ///   - results: What became of each item, in order.
    ///   - layout: How a record is shown as rows.
    ///   - record: Makes the record of an item's result; what it throws is that item's failure.
    ///   - failure: Makes the record of an item that failed, from its result and the error.
    /// - Throws: ``Failure``; `ExitCode` if items failed: a single item's own, ``ExitStatus/someFailed`` of several.
    package func run<Value: Sendable, Record: Encodable>(
        _ results: PictureResults<Value>, layout: Layout<Record>,
        record: (_ index: Int, Result<Value, any Error>) async throws -> Record,
        failure: (_ index: Int, Result<Value, any Error>, any Error) -> Record
    ) async throws {
        Memory.giveBackLargeBlocks()
        let writer = try Writer(output, layout: layout)
        let progress = BatchProgress(total: names.count, unit: "pictures", quiet: quiet)
        var failures: [any Error] = []
        var wasCancelled = false
        var fatal: Failure?
        var results = results.makeAsyncIterator()
        do {
            while let (index, result) = try await results.next() {
                do {
                    try writer.write(try await record(index, result))
                    progress.advance()
                } catch let error as Failure {
                    throw error
                } catch let error as CancellationError {
                    // Nothing is wrong with the picture that an interrupt came upon.
                    throw error
                } catch {
                    failures.append(error)
                    try writer.write(failure(index, result, error))
                    progress.advance(failed: true)
                    // The table is printed at the end: until then this line is all that a person sees.
                    if !quiet, output.format == .table {
                        progress.finish()
                        Terminal.note("likeness: \(names[index]): \(Failure.message(of: error))")
                    }
                }
            }
        } catch is CancellationError {
            wasCancelled = true
        } catch let error as Failure {
            fatal = error
        }
        // The engine must not run any more when the program ends.
        await results.finish()
        progress.finish()
        guard fatal == nil, !wasCancelled else {
            // What was done can be read, however the batch ended; an earlier, whole file stays as it was.
            if let part = try? writer.finishPart(), !quiet { Terminal.note("partial results are in \(part)") }
            throw fatal ?? Failure.interrupted
        }
        try writer.finish()
        guard let first = failures.first else { return }
        if !quiet, names.count > 1 { Terminal.note("likeness: \(failures.count) of \(names.count) pictures failed") }
        throw (names.count == 1 ? Failure.status(of: first) : .someFailed).code
    }
}
