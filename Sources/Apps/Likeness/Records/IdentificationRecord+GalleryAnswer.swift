import Faces
public import Identities
public import LikenessRecords

extension IdentificationRecord {
    /// Creates the record of a gallery's answer. For an empty gallery, `threshold` is the threshold of the record.
    public init(_ answer: GalleryAnswer, threshold: Float?) {
        let nearest = answer.identification.nearest, decision = answer.decision
        self.init(
            identity: answer.identification.person.map { Person(id: $0.id, name: $0.name) },
            similarity: nearest?.similarity, margin: nearest?.margin,
            nearest: nearest.map { Nearest(id: $0.person.id, name: $0.person.name, similarity: $0.similarity) },
            threshold: decision?.threshold ?? threshold, falseMatchRate: decision?.falseMatchRate,
            condition: decision?.condition, probability: decision?.probability, remark: decision?.remark)
    }
}
