import Foundation

/// Writes results in the format that `Benchmarks/run` reads.
public enum Output {
    /// Prints `value` as formatted JSON.
    public static func report(_ value: some Encodable) throws {
        try write(value, [.prettyPrinted, .sortedKeys])
    }

    /// Prints `value` as one line of JSON, and flushes the output.
    public static func line(_ value: some Encodable) throws {
        try write(value, [.sortedKeys])
    }

    private static func write(_ value: some Encodable, _ format: JSONEncoder.OutputFormatting) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = format
        try FileHandle.standardOutput.write(contentsOf: encoder.encode(value) + Data("\n".utf8))
    }
}
