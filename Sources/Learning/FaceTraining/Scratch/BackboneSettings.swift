public import Networks
public import Training

/// The settings of the task `backbone`.
public struct BackboneSettings: ConfigurationSection, Hashable {
    /// The pictures.
    public var pictures = CropSettings()
    /// The fold that is excluded from training and tested, from 0. `nil` for the first fold with seed 1, the second
    /// with seed 2, and so on, so that five seeds cover five folds.
    public var fold: Int?
    /// The network.
    public var network = BackboneKind.resnet
    /// The side of the faces, in pixels.
    public var side = BackboneKind.side
    /// The loss over the people of the training set.
    public var head = PeopleHead.softmax
    /// The scale of ArcFace's and CosFace's logits.
    public var scale = 32.0
    /// The margin of ArcFace and CosFace.
    public var margin = 0.3
    /// The dropout rate of the features before the embedding.
    public var dropout = 0.2
    /// The number of rows per person in a batch.
    public var rowsPerPerson = 4
    /// The weight of the loss over the people.
    public var classification = 1.0
    /// The weight of the triplet loss.
    public var triplet = 0.0
    /// The miner that selects the triplets.
    public var miner = TripletMiner.semiHard

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try pictures.checkChoice(fields["pictures"])
        if let fold {
            try fields["fold"].expect(
                (0..<pictures.folds).contains(fold), fold,
                "at least 0 and below pictures.folds, which is \(pictures.folds)"
            )
        }
        try fields["side"].expect(
            BackboneKind.sides.contains(side), side,
            "one of \(BackboneKind.sides.map(String.init).joined(separator: ", "))"
        )
        try fields["scale"].expect(scale, in: 1...256)
        try fields["margin"].expect(margin, in: head.margins)
        try fields["dropout"].expect(dropout, in: 0...0.95)
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        try fields["classification"].expect(classification, in: 0...1000)
        try fields["triplet"].expect(triplet, in: 0...1000)
        try fields["triplet"].expect(classification + triplet > 0, triplet, "above 0 if classification is 0")
    }
}
