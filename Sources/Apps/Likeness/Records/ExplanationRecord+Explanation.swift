public import LikenessRecords

extension ExplanationRecord {
    /// Creates the record of an explanation.
    ///
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - picture: The file that was drawn.
    public init(_ explanation: Explanation, picture: String?) {
        self.init(
            decision: DecisionRecord(explanation.decision, prior: explanation.prior),
            model: explanation.model.description, detector: explanation.detector, precision: explanation.precision,
            template: explanation.a.crop.template.description, method: explanation.method.rawValue,
            fill: explanation.fill.rawValue, picture: picture, a: Side(explanation.a), b: Side(explanation.b))
    }
}

extension ExplanationRecord.Side {
    /// Creates the record of one of the two faces.
    public init(_ side: Explanation.Side) {
        self.init(
            image: side.picture, faceCount: side.faceCount, enhancement: side.enhancement.rawValue,
            face: FaceRecord(side.crop.face, context: side.crop.context, model: side.embedding.model),
            remarks: RemarkRecord.all(side.remarks), map: ExplanationRecord.Map(side.map.cells),
            regions: side.map.shares.map { ExplanationRecord.Region($0) },
            attention: side.attention?.map { ExplanationRecord.Attention($0) })
    }
}
