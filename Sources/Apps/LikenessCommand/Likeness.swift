package import ArgumentParser

/// The command `likeness`. It runs the commands for recognition itself; `likeness-research` runs the others.
package struct Likeness: AsyncParsableCommand {
    package static let configuration = configured(doctor: Doctor.self, further: ResearchCommands.all)

    package init() {}

    /// Returns the configuration of a command with the commands for recognition, `doctor` and `further` subcommands.
    package static func configured(
        doctor: any ParsableCommand.Type, further: [any ParsableCommand.Type]
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: "likeness",
            abstract: "Face recognition on your own machine.",
            discussion: """
                Pictures are given as files, folders or patterns; - is the standard input. The formats are JPEG, PNG, \
                WebP, HEIC and AVIF. Results go to the standard output; progress and remarks go to the standard error.


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
