import ArgumentParser
import Foundation
import Pixels
package import Recognition

/// Prints the record of each item of a batch as soon as it is ready, shows progress, and sets the exit status.
package struct RecordBatch {
    /// The names of the items, in order.
    package var names: [String]
    package var output: OutputOptions
    package var quiet: Bool

    /// Prints the records.
    ///
    /// - Parameters:
    ///   - results: The result of each item, in order.
    ///   - layout: The layout of a record as rows.
    ///   - record: Creates the record of an item from its result; an error that it throws is recorded for that item.
    ///   - failure: Creates the record of an item that failed, from its result and the error.
    /// - Throws: ``Failure``; `ExitCode` if items failed: ``ExitStatus/someFailed``, or the error's own status if the
    ///   batch has only one item.
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
                    // The picture is not at fault if the command was interrupted.
                    throw error
                } catch {
                    failures.append(error)
                    try writer.write(failure(index, result, error))
                    progress.advance(failed: true)
                    // The table is printed at the end, so the failure is also reported here at once.
                    if !quiet, output.format == .table {
                        progress.finish()
                        let message = Failure.message(of: error)
                        // Errors of files name the picture themselves.
                        Terminal.note(
                            "likeness: " + (message.contains(names[index]) ? message : "\(names[index]): \(message)"))
                    }
                }
            }
        } catch is CancellationError {
            wasCancelled = true
        } catch let error as Failure {
            fatal = error
        }
        // The engine must have stopped before the program ends.
        await results.finish()
        progress.finish()
        guard fatal == nil, !wasCancelled else {
            // The records so far are kept in a partial file; an earlier complete file stays unchanged.
            if let part = try? writer.finishPart(), !quiet { Terminal.note("partial results are in \(part)") }
            throw fatal ?? Failure.interrupted
        }
        try writer.finish()
        guard let first = failures.first else { return }
        if !quiet, names.count > 1 { Terminal.note("likeness: \(failures.count) of \(names.count) pictures failed") }
        throw (names.count == 1 ? Failure.status(of: first) : .someFailed).code
    }
}
