public import ArgumentParser
import Foundation
import Likeness
import LikenessRecords
public import Recognition

extension UserCache.Kind: ExpressibleByArgument {}

/// `likeness cache`
struct CacheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "List or clear the cached files.",
        discussion: """
            The cache is in $XDG_CACHE_HOME/likeness or, if that variable is not set, in ~/.cache/likeness. Only you \
            can read it. It contains embeddings of the pictures that 'likeness evaluate' has measured, compiled \
            networks, and the digests of checked weights. Likeness can recreate everything in it. Galleries are not \
            part of the cache.
            """,
        subcommands: [List.self, Clear.self], defaultSubcommand: List.self)

    /// `likeness cache list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the contents of the cache, by kind and model.")

        @OptionGroup var output: OutputOptions

        func run() async throws { try CacheCommand.write(UserCache().parts(), output) }
    }

    /// `likeness cache clear`
    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Clear the cache, and list what was removed.",
            discussion:
                "Without options, the whole cache is removed. Embeddings are overwritten before their file is removed.")

        @Option(help: "Clear only this kind: embeddings, networks or digests.") var kind: UserCache.Kind?
        @Option(help: "Clear only the entries of this model.") var model: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let cache = UserCache()
            try output.check(keeping: InputFiles(cache.parts().map(\.path)))
            let known = Set(cache.parts().compactMap(\.model)).sorted()
            try CacheCommand.write(try cache.clear(kind, model: model), output)
            if let model, !known.contains(model) {
                Terminal.note(
                    "likeness: the cache has no entries for a model '\(model)'"
                        + (known.isEmpty ? "" : "; it has entries for \(known.joined(separator: ", "))"))
                throw ExitStatus.noInput.code
            }
        }
    }

    private static func write(_ parts: [UserCache.Part], _ output: OutputOptions) throws {
        let writer = try Writer(output, layout: Layout<CacheRecord>.cache)
        for part in parts { try writer.write(CacheRecord(part)) }
        try writer.finish()
    }
}

extension Layout<CacheRecord> {
    /// One row for each kind and model.
    static let cache = Layout(
        columns: ["kind", "model", "entries", "bytes", "last used", "path"],
        rows: { part in
            [
                [
                    part.kind, part.model ?? "-", part.entries.map(String.init) ?? "-", String(part.bytes),
                    part.lastUsed?.ISO8601Format() ?? "-", part.path,
                ]
            ]
        })
}
