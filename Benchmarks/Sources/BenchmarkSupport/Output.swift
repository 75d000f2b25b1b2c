import Foundation

/// Writes results where `Benchmarks/run` reads them.
public enum Output {
    /// Prints `value` as JSON, laid out to be read.
    public static func report(_ value: some Encodable) throws {
        try write(value, [.prettyPrinted, .sortedKeys])
    }

    /// Prints `value` as one line of JSON, at once.
    public static func line(_ value: some Encodable) throws {
        try write(value, [.sortedKeys])
    }

    private static func write(_ value: some Encodable, _ format: JSONEncoder.OutputFormatting) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = format
        try FileHandle.standardOutput.write(contentsOf: encoder.encode(value) + Data("\n".utf8))
    }
}
