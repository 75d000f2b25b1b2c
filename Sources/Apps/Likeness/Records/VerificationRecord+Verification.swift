public import LikenessRecords

extension VerificationRecord {
    /// Creates the record of a verification.
    public init(_ answer: Verification) {
        self.init(
            decision: DecisionRecord(answer.decision, prior: answer.prior), model: answer.model.description,
            detector: answer.detector, precision: answer.precision, a: Side(answer.a), b: Side(answer.b))
    }
}

extension VerificationRecord.Side {
    /// Creates the record of one of the two pictures.
    public init(_ side: Verification.Side) {
        var face = FaceRecord(side.face)
        face.embedding = nil
        self.init(
            image: side.picture, faceCount: side.faceCount, enhancement: side.enhancement.rawValue, face: face,
            remarks: RemarkRecord.all(side.remarks))
    }
}
