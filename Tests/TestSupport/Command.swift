public import Foundation

/// Runs the built command `likeness` as a person would, and waits for it.
public enum Command {
    /// What a run gave.
    public struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number where a signal ended the command.
        public var status: Int32
        /// What it wrote to the standard output.
        public var output: String
        /// What it wrote to the standard error.
        public var errors: String

        /// Returns the whole standard output read as JSON.
        public func json() throws -> any Sendable { try JSON.value(of: Data(output.utf8)) }

        /// Returns each line of the standard output read as a JSON object.
        public func jsonLines() throws -> [[String: any Sendable]] {
            try output.split(separator: "\n").map { try JSON.object(of: Data($0.utf8)) }
        }
    }

    /// Why a run gave nothing.
    public enum Failure: Error {
        /// The command is not where the tests are: it was not built.
        case notBuilt([String])
        /// It did not end in time and was killed.
        case timedOut([String], errors: String)
    }

    /// Runs `likeness` with `arguments`.
    ///
    /// - Parameters:
    ///   - arguments: Those after the command's name.
    ///   - input: The standard input; empty unless given.
    ///   - environment: What is set beside this process's own environment.
    ///   - directory: The folder it runs in; this process's own unless given.
    ///   - timeout: Seconds until it is killed.
    ///   - signal: What it gets when the first of its output is there; nothing unless given.
    ///   - memory: The most address space that it may have, in MiB (`ulimit -v`); unlimited unless given.
    public static func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], directory: URL? = nil,
        timeout: Double = 240, signal: Int32? = nil, memory: Int? = nil
    ) throws -> Outcome {
        var program = try executable(), arguments = arguments
        if let memory {
            // The shell has the limit before the command is there to be given it.
            arguments = ["-c", "ulimit -v \(memory * 1024) && exec \"$0\" \"$@\"", program.path] + arguments
            program = URL(filePath: "/bin/sh")
        }
        return try run(
            program, arguments, input: input, environment: environment, directory: directory, timeout: timeout,
            signal: signal)
    }

    private static func run(
        _ program: URL, _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
        directory: URL? = nil, timeout: Double, signal: Int32? = nil
    ) throws -> Outcome {
        // Files and not pipes: a command that writes much never waits for a reader.
        let streams = try TemporaryFolder()
        let inputFile = try streams.file("in", input)
        let (outputFile, errorFile) = (try streams.file("out"), try streams.file("err"))
        func text(_ file: URL) throws -> String { String(decoding: try Data(contentsOf: file), as: UTF8.self) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = directory }
        let (reader, output, errors) = (
            try FileHandle(forReadingFrom: inputFile), try FileHandle(forWritingTo: outputFile),
            try FileHandle(forWritingTo: errorFile)
        )
        process.standardInput = reader
        process.standardOutput = output
        process.standardError = errors
        // Foundation keeps a process's files open long after it ended; with some 1,360 files open, its search for
        // files to close in the child reads beyond its buffer (Process.run, Swift 6.3).
        defer { for file in [reader, output, errors] { try? file.close() } }
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let deadline = DispatchTime.now() + timeout
        if let signal {
            while process.isRunning, DispatchTime.now() < deadline, try text(outputFile).isEmpty { usleep(2000) }
            kill(process.processIdentifier, signal)
        }
        guard ended.wait(timeout: deadline) == .success else {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
            throw Failure.timedOut(arguments, errors: try text(errorFile))
        }
        let ending: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        return Outcome(
            status: ending + process.terminationStatus, output: try text(outputFile), errors: try text(errorFile))
    }

    /// Runs a script of bash, in which `$LIKENESS` is the built command: for streams and links that only a shell can make.
    ///
    /// - Returns: The script's exit status and what it wrote.
    public static func shell(
        _ script: String, environment: [String: String] = [:], directory: URL? = nil, timeout: Double = 240
    ) throws -> Outcome {
        let command = ["LIKENESS": try executable().path, "SWIFT_BACKTRACE": "enable=no"]
        return try run(
            URL(filePath: "/bin/bash"), ["-c", script], environment: command.merging(environment) { $1 },
            directory: directory, timeout: timeout)
    }

    /// Returns the built command, beside the tests.
    private static func executable() throws -> URL {
        let folders =
            Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
            + [Bundle.main.bundleURL, URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let found = folders.map { $0.appending(path: "likeness") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        guard let found else { throw Failure.notBuilt(folders.map(\.path)) }
        return found
    }
}
