public import Logging

extension Logger {
    /// A logger that discards everything: the default of the library, which never writes to a stream on its own.
    public static var silent: Logger { Logger(label: "likeness") { _ in SwiftLogNoOpLogHandler() } }
}
