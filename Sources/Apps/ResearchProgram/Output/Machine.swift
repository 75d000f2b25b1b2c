import Foundation

/// The machine on which the program runs.
enum Machine {
    /// The processor's name from the system; the architecture if the system gives no name.
    static var processor: String {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        guard let name else {
            #if arch(x86_64)
            return "x86_64"
            #else
            return "arm64"
            #endif
        }
        return name.trimmingCharacters(in: .whitespaces)
    }
}
