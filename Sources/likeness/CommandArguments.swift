import Pixels

/// The words of the command line, as the parser takes them.
enum CommandArguments {
    /// The words after the command's name. Those that are not UTF-8 are written as ``SystemPath`` does, so that they name
    /// the same file.
    static func all() -> [String] {
        let words = UnsafeMutableBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        let texts = words.dropFirst().compactMap { $0 }.map { SystemPath(cString: $0).text }
        return joiningNegativeNumbers(texts)
    }

    /// `--threshold -0.1` as `--threshold=-0.1`: the parser would take the number for an option.
    static func joiningNegativeNumbers(_ words: [String]) -> [String] {
        var result: [String] = []
        var takesValues = true
        for word in words {
            if word == "--" { takesValues = false }
            if takesValues, isNegativeNumber(word), let option = result.last, option.hasPrefix("--"), option != "--",
                !option.contains("=")
            {
                result[result.count - 1] = "\(option)=\(word)"
            } else {
                result.append(word)
            }
        }
        return result
    }

    private static func isNegativeNumber(_ word: String) -> Bool { word.hasPrefix("-") && Double(word) != nil }
}
