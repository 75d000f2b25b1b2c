import ArgumentParser
import Faces
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements
import Recognition

/// `likeness components`
struct Components: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "components"),
        discussion: """
            The embeddings of two networks together describe a face better than each alone, but have more numbers. Their \
            principal components are the directions in which they vary most; the embedding minus the mean, multiplied \
            by the first of them, keeps most of it. The formats json and jsonl contain the mean and the components; the \
            table shows only the share of the variance that they keep.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(help: "The number of components.") var count = 128

    mutating func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be 1 or more") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, keeping: identities.inputs)
        let pictures = try identities.pictures(in: measuring.folder)
        let recognizer = try await measuring.recognizer(count: pictures.count)
        let fit = try await ComponentsFit(
            pictures, count: count,
            reading: measuring.reading { faces, _ in "\(counted(faces, "face")) embedded; computing the components" },
            by: recognizer)
        let record = ComponentsRecord(
            model: "\(recognizer.embedder.card.identity)", precision: recognizer.precision,
            detector: recognizer.finder.detector.name, pictures: fit.pictures, people: fit.people,
            failedImages: fit.failedImages, shares: fit.shares, mean: fit.mean, components: fit.components)
        try writer.write(record, table: record.table)
        try fit.notes.checkAllRead()
    }
}

extension ComponentsRecord {
    fileprivate var table: String {
        var text = """
            \(model): \(counted(pictures, "picture")) of \(counted(people, "person", "people")), \(failedImages) without a \
            face or unreadable left out

            """
        var shares = TextTable(columns: ["components", "share of the variance"])
        var sum = 0.0
        for (index, share) in self.shares.enumerated() {
            sum += share
            let number = index + 1
            // The powers of two, and the last.
            if number & (number - 1) == 0 || number == self.shares.count {
                shares.append([String(number), percent(sum)])
            }
        }
        text += shares.text
        return text
    }
}
