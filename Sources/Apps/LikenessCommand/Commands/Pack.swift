import ArgumentParser
import Datasets
import FaceTraining
import Faces
import Foundation
import LikenessSupport
import Recognition

/// `likeness pack`
struct Pack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the faces in pictures, and pack their crops into an archive for training.",
        discussion: """
            Give the pictures, and the people in them, by one of --list, --pairs, --people and --unlabelled. To resume \
            after an interruption, run the same command again. Pictures that can't be read or have no face are \
            recorded in the archive and do not stop the batch.
            """)

    @Option(help: ArgumentHelp("CSV with file,identity and, if known, source.", valueName: "file"))
    var list: String?

    @Option(help: ArgumentHelp("LFW's pairs.txt: pack the pictures that it names.", valueName: "file"))
    var pairs: String?

    @Option(help: ArgumentHelp("A folder with a subfolder for each person.", valueName: "folder"))
    var people: String?

    @Option(help: ArgumentHelp("A folder of pictures of unknown people.", valueName: "folder"))
    var unlabelled: String?

    @Option(
        help: ArgumentHelp("The folder to which the names of --list and --pairs are relative.", valueName: "folder"))
    var images: String?

    @Option(help: ArgumentHelp("The folder of the archive; created if it does not exist.", valueName: "folder"))
    var to: String

    @Option(help: "A name for this part of the data, stored with every face.")
    var subset: String?

    @Option(help: "The longest side of a crop, in pixels.")
    var side = 192

    @Option(help: "The side of the crop, as a multiple of the detector's box.")
    var extent: Float = 1.7

    @OptionGroup var detection: DetectionOptions

    @Option(
        help: "The face to use: center, the largest near the center, or largest. (default: center)",
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
        let finder = try await FaceFinder(
            installation: .locate(), configuration: detection.finder(count: list.pictures.count),
            limits: detection.limits)
        let packing = FacePacking(
            list, in: folder, to: URL(filePath: to, directoryHint: .isDirectory),
            settings: LooseCrop.Settings(side: side, extent: extent), selection: face, subset: subset)
        var progress: Progress?
        let result = try await packing.run(by: finder) { show($0, &progress) }
        tell(result, list)
        if result.failed > 0 || !list.unreadable.isEmpty { throw ExitStatus.someFailed.code }
    }

    private func show(_ event: FacePacking.Event, _ progress: inout Progress?) {
        switch event {
        case .packedBefore(let count):
            if !detection.quiet { Terminal.note("packed before: \(counted(count, "picture"))") }
        case .began(let count): progress = Progress(total: count, unit: "pictures", quiet: detection.quiet)
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

    /// The pictures, each once, and the folder that they are relative to.
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
