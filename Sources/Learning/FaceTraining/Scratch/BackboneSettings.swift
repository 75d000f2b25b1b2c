public import Networks
public import Training

/// What `backbone` wants to know.
public struct BackboneSettings: ConfigurationSection, Hashable {
    /// The pictures.
    public var pictures = CropSettings()
    /// The fold that is kept from training and tested, from 0; `nil`: the first for seed 1, the second for seed 2, and so
    /// on, so that five seeds go through five folds.
    public var fold: Int?
    /// The network.
    public var network = BackboneKind.resnet
    /// The side of the faces, in pixels.
    public var side = BackboneKind.side
    /// The loss that tells the people of the training set apart.
    public var head = PeopleHead.softmax
    /// The scale of ArcFace's and CosFace's logits.
    public var scale = 32.0
    /// Their margin.
    public var margin = 0.3
    /// The share of features that training leaves out before the embedding.
    public var dropout = 0.2
    /// Rows of a person in a batch.
    public var rowsPerPerson = 4
    /// The weight of the people's loss.
    public var classification = 1.0
    /// The triplet loss's weight.
    public var triplet = 0.0
    /// Which triplets.
    public var miner = TripletMiner.semiHard

    /// The defaults.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try pictures.checkChoice(fields["pictures"])
        if let fold {
            try fields["fold"].expect(
                (0..<pictures.folds).contains(fold), fold, "from 0 and below pictures.folds, which is \(pictures.folds)"
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
        try fields["triplet"].expect(classification + triplet > 0, triplet, "above 0 where classification is 0")
    }
}
