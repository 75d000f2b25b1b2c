import Networks
public import Training

/// The settings of the task `distillation`.
public struct DistillationSettings: ConfigurationSection, Hashable {
    /// A network whose embeddings of unaltered faces the student learns to give for altered ones.
    public struct Teacher: Codable, Hashable, Sendable {
        /// The model's name in the folder of models, or the path of its folder if it contains a slash.
        public var model: String
        /// The weight of its similarity in the teachers' similarity.
        public var weight: Double
        /// Whether its embedding is the mean of those of the face and of the mirrored face.
        public var isMirrored: Bool

        /// Creates a teacher.
        public init(_ model: String, weight: Double = 1, isMirrored: Bool = true) {
            (self.model, self.weight, self.isMirrored) = (model, weight, isMirrored)
        }
    }

    /// An archive folder from `likeness pack` with known people.
    public var archive = ".data/people.archive"
    /// Another archive folder with unlabeled faces; empty for none.
    public var unlabelled = ""
    /// The folder of models; empty for the installation's folder.
    public var models = ""
    /// The inference engine's folder; empty for the installation's folder.
    public var engine = ""
    /// The folder of the teachers' embeddings.
    public var cache = ".data/teachers"
    /// The model from which the student starts: `sface`, or an earlier result of this task.
    public var start = "sface"
    /// Folders of one seed each of earlier runs of this task, whose mean the network starts with instead (Wortsman et al.,
    /// *Model soups*, 2022, arXiv:2203.05482). With 0 epochs, the mean itself is measured and exported.
    public var runs: [String] = []
    /// The teachers.
    public var teachers = [Teacher("facenet-masked")]
    /// The share of held-out people.
    public var heldOut = 0.15
    /// The seed that selects the held-out people.
    public var splitSeed: UInt64 = 1
    /// The number of pictures of each held-out person for choosing the weights.
    public var heldOutPictures = 8
    /// The number of altered faces in an epoch.
    public var examplesPerEpoch = 16_384
    /// The weight of the mean of a person's pictures in what the student learns for each of them, 0...1. The rest is
    /// the picture's own embedding.
    public var center = 0.3
    /// The weight of the loss over similarities, compared with that over embeddings.
    public var relations = 4.0
    /// The number of SFace's convolutions, from the first on, that stay as they are.
    public var frozenUnits = 0
    /// The share of the averaged weights that each step keeps.
    public var averageDecay = 0.998
    /// The share of the first weights in the exported ones (Wortsman et al., *Robust fine-tuning of zero-shot models*,
    /// 2022, arXiv:2109.01903).
    public var startShare = 0.0

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["teachers"].expect(!teachers.isEmpty, teachers.count, "at least one teacher")
        for (index, teacher) in teachers.enumerated() {
            try fields["teachers"]["\(index)"]["weight"].expect(
                teacher.weight > 0 && teacher.weight <= 100, teacher.weight, "above 0 and at most 100")
        }
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["heldOutPictures"].expect(heldOutPictures, in: 2...1000)
        try fields["examplesPerEpoch"].expect(examplesPerEpoch, in: 1...1_000_000_000)
        try fields["center"].expect(center, in: 0...1)
        try fields["relations"].expect(relations, in: 0...1000)
        try fields["frozenUnits"].expect(frozenUnits, in: 0...SFaceNetwork.unitCount)
        try fields["averageDecay"].expect((0..<1).contains(averageDecay), averageDecay, "from 0 to below 1")
        try fields["startShare"].expect(startShare, in: 0...1)
    }
}
