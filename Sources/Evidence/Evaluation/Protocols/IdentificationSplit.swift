import Datasets
import LikenessSupport

/// A split of labeled pictures into a gallery and probes, with people who are not enrolled.
///
/// These are the closed-set and open-set protocols of LFW (Best-Rowden et al., *Unconstrained face recognition:
/// identifying a person of interest from a media collection*, 2014). People with too few pictures for both enrollment
/// and search are not enrolled; of the others, some are left out at random.
public struct IdentificationSplit: Codable, Hashable, Sendable {
    /// The enrolled pictures, as indices in the given list.
    public let gallery: [Int]
    /// The pictures used as probes.
    public let probes: [Int]
    /// The enrolled people, in order of name.
    public let enrolled: [String]
    /// The people who are not enrolled, in order of name.
    public let strangers: [String]

    /// Creates a split.
    ///
    /// - Parameters:
    ///   - labels: The person in each picture; pictures with `nil` are left out.
    ///   - picturesPerPerson: The number of enrolled pictures per person; the person's other pictures are probes.
    ///   - share: The share of the people who could be enrolled but are not, 0..<1.
    ///   - includesSmall: Whether people with too few pictures are searched for, as people who are not enrolled; in a
    ///     closed set they are left out.
    ///   - seed: The seed of the random choice of people and pictures.
    /// - Throws: ``EvaluationError/tooFewPictures(needed:)`` if no one can be enrolled.
    public init(
        labels: [String?], picturesPerPerson: Int = 1, strangers share: Double = 0, includesSmall: Bool = false,
        seed: UInt64 = 1
    ) throws(EvaluationError) {
        precondition(
            picturesPerPerson > 0 && (0..<1).contains(share),
            "at least one picture per person, and a share "
                + "below 1")
        var pictures: [String: [Int]] = [:]
        for (index, label) in labels.enumerated() {
            if let label { pictures[label, default: []].append(index) }
        }
        let large = pictures.filter { $0.value.count > picturesPerPerson }.keys
        let small = pictures.filter { $0.value.count <= picturesPerPerson }.keys
        let deal = SubjectSplit(dealing: large, validation: share, seed: seed)
        guard !deal.training.isEmpty else { throw .tooFewPictures(needed: picturesPerPerson + 1) }
        enrolled = deal.training
        strangers = (deal.validation + (includesSmall ? Array(small) : [])).sorted()
        var random = SplitMix64(state: seed), gallery: [Int] = [], probes: [Int] = []
        for person in enrolled {
            let shuffled = (pictures[person] ?? []).shuffled(using: &random)
            gallery += shuffled.prefix(picturesPerPerson)
            probes += shuffled.dropFirst(picturesPerPerson)
        }
        for person in strangers { probes += pictures[person] ?? [] }
        self.gallery = gallery.sorted()
        self.probes = probes.sorted()
    }
}
