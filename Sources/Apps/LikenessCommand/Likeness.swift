import ArgumentParser

/// The command: parses, calls the library, prints.
struct Likeness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "likeness",
        abstract: "Face recognition on your own machine.",
        discussion: """
            Pictures are files, folders, patterns or - (the standard input): JPEG, PNG, WebP, HEIC and AVIF. Data goes to the \
            standard output; progress and remarks go to the standard error.


            """ + ExitStatus.help,
        version: Version.current,
        subcommands: [
            Detect.self, Align.self, Embed.self, Verify.self, Explain.self,
            Enroll.self, Identify.self, GalleryCommand.self,
            Evaluate.self, Calibrate.self, Augment.self, Pack.self, Train.self, Tune.self, Export.self, Models.self,
            CacheCommand.self, Doctor.self,
        ])
}

/// The package's version.
enum Version {
    static let current = "0.1.0"
}
