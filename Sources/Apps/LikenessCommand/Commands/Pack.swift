import ArgumentParser
import Datasets
import Faces
import Foundation
import Pixels
import Recognition

/// `likeness pack`
struct Pack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the faces of a list of pictures once, and pack their crops into an archive for training.",
        discussion: """
            One of --list, --pairs, --people and --unlabelled says which pictures, and who is in them. Run the same \
            command again to go on after an interruption. A picture that can't be read or has no face is noted in the \
            archive and does not stop the batch.
            """)

    @Option(help: ArgumentHelp("CSV with file,identity and, if known, source.", valueName: "file"))
    var list: String?

    @Option(help: ArgumentHelp("LFW's pairs.txt: the pictures that it names, by person.", valueName: "file"))
    var pairs: String?

    @Option(help: ArgumentHelp("A folder with a folder for each person.", valueName: "folder"))
    var people: String?

    @Option(help: ArgumentHelp("A folder of pictures of nobody knows whom.", valueName: "folder"))
    var unlabelled: String?

    @Option(
        help: ArgumentHelp("The folder to which the names of --list and --pairs are relative.", valueName: "folder"))
    var images: String?

    @Option(help: ArgumentHelp("The archive: a folder, made where it is not there.", valueName: "folder"))
    var to: String

    @Option(help: "A name for this part of the data, kept with every face.")
    var subset: String?

    @Option(help: "The longest side of a crop, in pixels.")
    var side = 192

    @Option(help: "Side of the square that is cut, as a multiple of the detector's box.")
    var extent: Float = 1.7

    @OptionGroup var detection: DetectionOptions

    @Option(
        help: "Which face stands for a picture: center, the largest near the center, or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    mutating func validate() throws {
        let given = [list, pairs, people, unlabelled].compactMap { $0 }.count
        guard given == 1 else { throw ValidationError("give one of --list, --pairs, --people and --unlabelled") }
        if images == nil, list != nil || pairs != nil {
            throw ValidationError("--list and --pairs need --images: the folder of their pictures")
        }
        guard (32...1024).contains(side) else { throw ValidationError("--side is 32 to 1024") }
        guard (1...4).contains(extent) else { throw ValidationError("--extent is 1 to 4") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.pack() }
    }

    private func pack() async throws {
        let (list, folder) = try listed()
        let pictures = list.pictures
        let recognizer = try await Recognizer(
            installation: .locate(), configuration: detection.configuration(count: pictures.count), embeds: false,
            limits: detection.limits)
        let settings = LooseCrop.Settings(side: side, extent: extent)
        let writer = try FaceArchiveWriter(
            folder: URL(filePath: to, directoryHint: .isDirectory), detector: recognizer.detector.name, crop: settings)
        let left = pictures.filter { !writer.files.contains($0.file) }
        if left.count < pictures.count, !detection.quiet {
            Terminal.note("packed before: \(counted(pictures.count - left.count, "picture"))")
        }
        for file in list.strays where !writer.files.contains(file) {
            try writer.skip(file, reason: "it lies in no person's folder")
        }
        let progress = Progress(total: left.count, unit: "pictures", quiet: detection.quiet)
        var skipped = 0
        do {
            let sources = left.map { PictureSource.file(IdentityList.url(of: $0, in: folder)) }
            try await recognizer.analyze(sources, selecting: face) { index, result in
                do {
                    if !detection.quiet, let remarks = try? result.get().remarks {
                        Terminal.note(remarks, on: sources[index].name)
                    }
                    let crop = try await crop(of: sources[index], result, settings)
                    try writer.append(left[index], crop, subset: subset)
                    progress.advance()
                } catch let error as ArchiveError {
                    throw error
                } catch let error as CancellationError {
                    throw error
                } catch {
                    let reason = Failure.message(of: error)
                    try writer.skip(left[index].file, reason: reason)
                    skipped += 1
                    progress.advance(failed: true)
                    if !detection.quiet {
                        progress.finish()
                        Terminal.note("likeness: \(left[index].file): \(reason)")
                    }
                }
            }
        } catch {
            progress.finish()
            try writer.flush()
            throw error
        }
        try writer.finish(order: pictures.map(\.file))
        progress.finish()
        tell(packed: left.count - skipped, failed: skipped, list)
        if skipped > 0 || !list.unreadable.isEmpty { throw ExitStatus.someFailed.code }
    }

    private func tell(packed: Int, failed: Int, _ list: IdentityList) {
        for folder in list.unreadable { Terminal.note("likeness: the folder \(folder) can't be read") }
        guard !detection.quiet else { return }
        if let remark = list.linksRemark { Terminal.note(remark) }
        let strays = list.strays.count
        let share = strays > 0 ? ", \(strays) of them in no person's folder" : ""
        Terminal.note("\(counted(packed, "face")) packed, \(counted(failed + strays, "picture")) left out\(share)")
    }

    private func crop(
        of source: PictureSource, _ result: Result<Analysis, any Error>, _ settings: LooseCrop.Settings
    ) async throws -> LooseCrop {
        guard let face = try result.get().faces.first?.face else { throw RecognitionError.noFace }
        let bytes = try await source.read(limits: detection.limits)
        return try await DecoderThreads.run(for: bytes) {
            try LooseCrop(of: bytes, face: face, settings: settings, limits: detection.limits)
        }
    }

    /// The pictures, each once, and the folder that they are relative to.
    private func listed() throws -> (IdentityList, URL) {
        let folder = URL(filePath: images ?? people ?? unlabelled ?? ".", directoryHint: .isDirectory)
        if let list { return (try IdentityList(contentsOf: URL(filePath: list)), folder) }
        if let pairs {
            return (
                IdentityList(name: pairs, pictures: try PairList(contentsOf: URL(filePath: pairs)).pictures), folder
            )
        }
        if people != nil { return (try IdentityList(people: folder), folder) }
        return (try IdentityList.unlabelled(folder), folder)
    }
}

extension PairList {
    /// The pictures that the pairs name, each once, with who is in them where the list says so.
    fileprivate var pictures: [IdentityList.Picture] {
        var seen: Set<String> = []
        return pairs.flatMap { pair in
            [(pair.imageA, pair.personA), (pair.imageB, pair.personB)].compactMap { image, person in
                seen.insert(image).inserted
                    ? IdentityList.Picture(file: image, identity: person, line: pair.line) : nil
            }
        }
    }
}
