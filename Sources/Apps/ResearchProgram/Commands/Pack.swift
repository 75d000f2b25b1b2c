import ArgumentParser
import Datasets
import FaceTraining
import Faces
import Foundation
import LikenessCommand
import LikenessSupport
import Recognition

/// `likeness pack`
struct Pack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "pack"),
        discussion: """
            One of --list, --pairs, --people and --unlabeled names the pictures and the people in them. To resume \
            after an interruption, run the same command again. Pictures that can't be read or have no face are \
            recorded in the archive and do not stop the command. 'likeness train' reads the archive.
            """)

    @Option(
        help: ArgumentHelp(
            """
            The list of pictures: CSV with the columns file,identity and, if known, source.
            """, valueName: "file"))
    var list: String?

    @Option(help: ArgumentHelp("A list of pairs, such as LFW's pairs.txt; its pictures are packed.", valueName: "file"))
    var pairs: String?

    @Option(help: ArgumentHelp("A folder with a subfolder of pictures for each person.", valueName: "folder"))
    var people: String?

    @Option(
        name: [.customLong("unlabeled"), .customLong("unlabelled")],
        help: ArgumentHelp("A folder of pictures of unknown people.", valueName: "folder"))
    var unlabelled: String?

    @Option(
        help: ArgumentHelp(
            """
            The folder to which the file names in --list and --pairs are relative.
            """, valueName: "folder"))
    var images: String?

    @Option(help: ArgumentHelp("The folder of the archive; created if it does not exist.", valueName: "folder"))
    var to: String

    @Option(help: "A name for this part of the data; it is stored with every face.")
    var subset: String?

    @Option(help: "The maximum side of a crop, in pixels.")
    var side = 192

    @Option(help: "The side of a crop, as a multiple of the side of the detector's box.")
    var extent: Float = 1.7

    @OptionGroup var detection: DetectionOptions

    @Option(
        help: "The face to use: center (the largest near the center) or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    mutating func validate() throws {
        let given = [list, pairs, people, unlabelled].compactMap { $0 }.count
        guard given == 1 else {
            throw ValidationError("exactly one of --list, --pairs, --people and --unlabeled is needed")
        }
        if images == nil, list != nil || pairs != nil {
            throw ValidationError("--list and --pairs need --images, the folder of their pictures")
        }
        guard (32...1024).contains(side) else { throw ValidationError("--side must be from 32 to 1024") }
        guard (1...4).contains(extent) else { throw ValidationError("--extent must be from 1 to 4") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.pack() }
    }

    private func pack() async throws {
        let (list, folder) = try listed()
        let finder = try await FaceFinder(
            installation: .locate(), configuration: detection.finder(count: list.pictures.count),
            limits: detection.limits)
        let packing = FacePacking(
            list, in: folder, to: URL(filePath: to, directoryHint: .isDirectory),
            settings: LooseCrop.Settings(side: side, extent: extent), selection: face, subset: subset)
        var progress: BatchProgress?
        let result = try await packing.run(by: finder) { show($0, &progress) }
        tell(result, list)
        if result.failed > 0 || !list.unreadable.isEmpty { throw ExitStatus.someFailed.code }
    }

    private func show(_ event: FacePacking.Event, _ progress: inout BatchProgress?) {
        switch event {
        case .packedBefore(let count):
            if !detection.quiet { Terminal.note("already packed: \(counted(count, "picture"))") }
        case .began(let count): progress = BatchProgress(total: count, unit: "pictures", quiet: detection.quiet)
        case .advanced(let failed): progress?.advance(failed: failed)
        case .ended: progress?.finish()
        case .remarks(let remarks, let picture): if !detection.quiet { Terminal.note(remarks, on: picture) }
        case .leftOut(let file, let reason):
            guard !detection.quiet else { return }
            progress?.finish()
            Terminal.note("likeness: \(file): \(reason)")
        }
    }

    private func tell(_ result: FacePacking.Result, _ list: IdentityList) {
        for folder in list.unreadable { Terminal.note("likeness: the folder \(folder) can't be read") }
        guard !detection.quiet else { return }
        if let remark = list.linksRemark { Terminal.note(remark) }
        let strays = list.strays.count
        let share = strays > 0 ? ", \(strays) of them not in a person's folder" : ""
        Terminal.note(
            "\(counted(result.packed, "face")) packed, \(counted(result.failed + strays, "picture")) left out\(share)")
    }

    /// Returns the pictures, each once, and the folder to which their names are relative.
    private func listed() throws -> (IdentityList, URL) {
        let folder = URL(filePath: images ?? people ?? unlabelled ?? ".", directoryHint: .isDirectory)
        if let list { return (try IdentityList(contentsOf: URL(filePath: list)), folder) }
        if let pairs {
            return (
                IdentityList(picturesOf: try PairList(contentsOf: URL(filePath: pairs)), name: pairs), folder
            )
        }
        if people != nil { return (try IdentityList(people: folder), folder) }
        return (try IdentityList.unlabelled(folder), folder)
    }
}
