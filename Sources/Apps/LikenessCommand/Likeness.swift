package import ArgumentParser

/// The command `likeness` with the commands of recognition; the others are those of `likeness-research`.
package struct Likeness: AsyncParsableCommand {
    package static let configuration = configured(doctor: Doctor.self, further: ResearchCommands.all)

    package init() {}

    /// The configuration of a command that has the commands of recognition, `doctor` and `further` ones.
    package static func configured(
        doctor: any ParsableCommand.Type, further: [any ParsableCommand.Type]
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: "likeness",
            abstract: "Face recognition on your own machine.",
            discussion: """
                Pictures are files, folders, patterns or - (the standard input): JPEG, PNG, WebP, HEIC and AVIF. Data \
                goes to the standard output; progress and remarks go to the standard error.


                """ + ExitStatus.help,
            version: Version.current,
            subcommands: [
                Detect.self, Align.self, Embed.self, Verify.self, Explain.self,
                Enroll.self, Identify.self, GalleryCommand.self,
            ] + further + [Models.self, CacheCommand.self, doctor])
    }
}

/// The package's version.
package enum Version {
    package static let current = "0.1.0"
}
