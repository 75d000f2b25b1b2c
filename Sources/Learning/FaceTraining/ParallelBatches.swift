import Foundation

/// Numbers for many faces, computed in batches by as many tasks as there are cores.
enum ParallelBatches {
    /// The number of tasks at once.
    static let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)

    private static let size = 32
    /// The number of batches from one message to the next.
    private static let messageInterval = 64

    /// Returns the numbers of all faces, in their order.
    ///
    /// - Parameters:
    ///   - count: The number of faces.
    ///   - unit: What they are, for messages: `faces`.
    ///   - tell: Called with messages about the progress.
    ///   - numbers: Returns the numbers of some faces, one face after another.
    static func numbers(
        of count: Int, _ unit: String, tell: @Sendable (String) -> Void,
        _ numbers: @escaping @Sendable (Range<Int>) async throws -> [Float]
    ) async throws -> [Float] {
        let batches = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        var parts = [[Float]](repeating: [], count: batches.count)
        try await withThrowingTaskGroup(of: (Int, [Float]).self) { group in
            var next = 0
            func add() {
                guard next < batches.count else { return }
                let place = next
                next += 1
                group.addTask {
                    try Task.checkCancellation()
                    return (place, try await numbers(batches[place]))
                }
            }
            for _ in 0..<workers { add() }
            var done = 0
            while let (place, values) = try await group.next() {
                parts[place] = values
                done += 1
                if done.isMultiple(of: messageInterval) { tell("\(done * size) of \(count) \(unit)") }
                add()
            }
        }
        return parts.flatMap(\.self)
    }
}
