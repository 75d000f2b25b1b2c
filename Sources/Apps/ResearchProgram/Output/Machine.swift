import Foundation

/// The machine that the program runs on.
enum Machine {
    /// The processor's name as the system gives it; the architecture where it gives none.
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
