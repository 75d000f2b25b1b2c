import Augmentation
import Datasets
import LikenessSupport

/// Faces of held-out people, each without a mask, with a mask of a training design, and with a mask of a design that is
/// reserved for tests.
struct HeldOutPairs: Sendable {
    /// The mask designs.
    enum Designs: Sendable { case training, testing }

    private let training: [FacePair]
    private let testing: [FacePair]

    /// The largest number of pictures per person.
    private static let picturesPerPerson = 8

    init(_ archive: FaceArchive, people: [String], seed: UInt64) async throws {
        var chosen: [(entry: Int, person: Int, seed: UInt64)] = []
        for (number, person) in people.enumerated() {
            var generator = SeededGenerator(seed: seed).split(number)
            var entries = archive.indices(of: [person])
            generator.shuffle(&entries)
            for entry in entries.prefix(Self.picturesPerPerson).sorted() {
                chosen.append((entry, number, generator.next()))
            }
        }
        func pairs(_ covers: CoverSet) throws -> [FacePair] {
            try chosen.map {
                try FacePair(archive, entry: $0.entry, person: $0.person, covers: covers, seed: $0.seed)
            }
        }
        (training, testing) = (try pairs(.training), try pairs(.testing))
    }

    var count: Int { training.count }

    private func pairs(_ designs: Designs) -> [FacePair] { designs == .training ? training : testing }

    /// Returns the first faces, at most `limit`, in small batches. Pictures of one person are adjacent.
    func batches(_ designs: Designs, limit: Int) -> [[FacePair]] {
        let pairs = pairs(designs).prefix(limit)
        return stride(from: 0, to: pairs.count, by: 16).map { Array(pairs[$0..<min($0 + 16, pairs.count)]) }
    }

    /// Returns faces from positions spread evenly over the list.
    func spread(_ designs: Designs, count: Int) -> [FacePair] {
        let pairs = pairs(designs)
        return (0..<min(count, pairs.count)).map { pairs[$0 * pairs.count / min(count, pairs.count)] }
    }
}
