import LikenessSupport
import Pixels
import Recognition

/// The arguments of the command line, prepared for the parser.
package enum CommandArguments {
    /// Returns the arguments after the command's name. Arguments that are not UTF-8 are encoded as ``SystemPath`` does
    /// it, so that they still name the same file.
    package static func all() -> [String] {
        let words = UnsafeMutableBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        let texts = words.dropFirst().compactMap { $0 }.map { SystemPath(cString: $0).text }
        return joiningNegativeNumbers(texts)
    }

    /// Rewrites `--threshold -0.1` as `--threshold=-0.1`. Otherwise the parser would take the number for an option.
    package static func joiningNegativeNumbers(_ words: [String]) -> [String] {
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

    /// Returns a hint about the first argument that names a file but looks like an option; `nil` if there is none.
    package static func hint(_ words: [String]) -> String? {
        let options = words.prefix { $0 != "--" }
        let name = options.first { word in
            word.hasPrefix("-") && word.count > 1 && !["-h", "--help", "--version"].contains(word)
                && (FolderListing.exists(SystemPath(word)) || isPicture(word))
        }
        return name.map { "'\($0)' was taken for an option: write ./\($0), or put -- before the file names" }
    }

    private static func isPicture(_ word: String) -> Bool {
        guard let dot = word.lastIndex(of: "."), !word.contains("=") else { return false }
        return PictureList.extensions.contains(word[word.index(after: dot)...].lowercased())
    }

    private static func isNegativeNumber(_ word: String) -> Bool { word.hasPrefix("-") && Double(word) != nil }
}
