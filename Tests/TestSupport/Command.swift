public import Foundation

/// Runs the built command `likeness` like a user, and waits for it.
public enum Command {
    /// The result of a run.
    public struct Outcome: Sendable {
        /// The exit status; 128 plus the signal's number if a signal ended the command.
        public var status: Int32
        /// The text on the standard output.
        public var output: String
        /// The text on the standard error.
        public var errors: String

        /// Returns the whole standard output read as JSON.
        public func json() throws -> any Sendable { try JSON.value(of: Data(output.utf8)) }

        /// Returns each line of the standard output read as a JSON object.
        public func jsonLines() throws -> [[String: any Sendable]] {
            try output.split(separator: "\n").map { try JSON.object(of: Data($0.utf8)) }
        }
    }

    /// The reason why a run has no result.
    public enum Failure: Error {
        /// The command was not built: it is not beside the tests.
        case notBuilt([String])
        /// It did not end in time and was killed.
        case timedOut([String], errors: String)
    }

    /// Runs `likeness` with `arguments`.
    ///
    /// - Parameters:
    ///   - arguments: The arguments after the command's name.
    ///   - input: The standard input; empty by default.
    ///   - environment: Variables that are added to this process's environment.
    ///   - directory: The working directory; by default this process's own.
    ///   - timeout: The seconds after which it is killed.
    ///   - signal: The signal that is sent at the first output; none by default.
    ///   - memory: The limit of the address space, in MiB (`ulimit -v`); unlimited by default.
    ///   - program: The program to run instead of the built `likeness`.
    /// - Throws: ``Failure``; errors of starting the process.
    public static func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], directory: URL? = nil,
        timeout: Double = 240, signal: Int32? = nil, memory: Int? = nil, program: URL? = nil
    ) throws -> Outcome {
        var program = try program ?? executable(), arguments = arguments
        if let memory {
            // The shell sets the limit before it starts the command.
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
        // Files instead of pipes: a command with much output never waits for a reader.
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
        // Foundation keeps a process's files open long after its end. With about 1,360 open files, its search for files
        // to close in the child reads beyond its buffer (Process.run, Swift 6.3).
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

    /// Runs a bash script, in which `$LIKENESS` is the built command, for streams and links that only a shell can make.
    ///
    /// - Returns: The script's exit status and output.
    public static func shell(
        _ script: String, environment: [String: String] = [:], directory: URL? = nil, timeout: Double = 240
    ) throws -> Outcome {
        let command = ["LIKENESS": try executable().path, "SWIFT_BACKTRACE": "enable=no"]
        return try run(
            URL(filePath: "/bin/bash"), ["-c", script], environment: command.merging(environment) { $1 },
            directory: directory, timeout: timeout)
    }

    /// Returns a built program, which is beside the tests.
    ///
    /// - Throws: ``Failure/notBuilt(_:)``.
    public static func executable(_ name: String = "likeness") throws -> URL {
        let folders =
            Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
            + [Bundle.main.bundleURL, URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let found = folders.map { $0.appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        guard let found else { throw Failure.notBuilt(folders.map(\.path)) }
        return found
    }
}
