import Faces
import Foundation
import Identities
import LikenessSupport
import Measurements
import Pixels
import Recognition

// The JSON contract: fields are added, never renamed. Documentation/JSON.md describes it, and tests hold it.

/// What one picture gave: its faces, or an error.
struct PictureRecord: Encodable {
    var image: String
    var width: Int?
    var height: Int?
    var detector: String?
    var precision: String?
    var enhancement: String?
    /// What was missing in the file without keeping it from being read; absent where nothing was.
    var remarks: [RemarkRecord]?
    /// Seconds in each stage.
    var timings: StageDurations?
    var faces: [FaceRecord]?
    /// The files that `augment` has written.
    var altered: [AlteredRecord]?
    var error: ErrorRecord?
}

/// An altered picture.
struct AlteredRecord: Encodable {
    var file: String
    /// What was done, in words.
    var steps: [String]
    /// What a generator came to at each face; absent without one.
    var generated: [GeneratedEffect]?
}

/// What was missing in a picture's file.
struct RemarkRecord: Encodable {
    var code: String
    var message: String

    init(_ remark: ImageRemark) { (code, message) = (remark.code, remark.description) }

    /// The records of a picture's remarks; `nil` where there are none.
    static func all(_ remarks: [ImageRemark]) -> [RemarkRecord]? {
        remarks.isEmpty ? nil : remarks.map(RemarkRecord.init)
    }

    /// Says a picture's remarks on the standard error.
    static func note(_ remarks: [ImageRemark], on picture: String) {
        for remark in remarks { Terminal.note("likeness: \(picture): \(remark)") }
    }
}

/// The error of one picture.
struct ErrorRecord: Encodable {
    /// A stable name, as ``LikenessError/code``.
    var code: String
    /// One sentence that says what is wrong and what to do.
    var message: String
    /// The advice alone, or `nil` if there is none.
    var remedy: String?

    init(_ error: any Error) {
        let error = Failure.translating(error)
        (code, message, remedy) = (error.code, error.description, error.remedy)
    }
}

/// One face.
struct FaceRecord: Encodable {
    var box: Box
    var confidence: Float
    var landmarks: Landmarks
    var context: ContextRecord
    var embedding: [Float]?
    var model: String?
    /// The file that `align` has written.
    var aligned: String?
    var identification: IdentificationRecord?

    private enum CodingKeys: String, CodingKey {
        case box, confidence, landmarks, context, embedding, model, aligned
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(box, forKey: .box)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(landmarks, forKey: .landmarks)
        try container.encode(context, forKey: .context)
        try container.encodeIfPresent(embedding, forKey: .embedding)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(aligned, forKey: .aligned)
        try identification?.encode(to: encoder)
    }
}

/// The twelve numbers by name, and the probability of a child; an unknown probability is `null`.
struct ContextRecord: Encodable {
    let context: ContextVector

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (name, value) in zip(ContextVector.names, context.values) {
            let isUnknown = name == "maskProbability" && context.maskProbability == nil
            try container.encode(isUnknown ? nil : value, forKey: Name(stringValue: name))
        }
        try container.encode(context.childProbability, forKey: Name(stringValue: "childProbability"))
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// Whom a face was taken for; `identity` and `nearest` are always there, `null` where there is nobody.
struct IdentificationRecord: Encodable {
    struct Person: Encodable {
        var id: String
        var name: String
    }

    struct Nearest: Encodable {
        var id: String
        var name: String
        var similarity: Float
    }

    var identity: Person?
    var similarity: Float?
    var margin: Float?
    var nearest: Nearest?
    var decision: MatchDecision?
    /// The threshold in an empty gallery, where nothing was decided.
    var threshold: Float?

    private enum CodingKeys: String, CodingKey {
        case identity, similarity, margin, nearest, threshold, falseMatchRate, condition, probability, remark
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(identity, forKey: .identity)
        try container.encode(similarity, forKey: .similarity)
        try container.encode(margin, forKey: .margin)
        try container.encode(nearest, forKey: .nearest)
        try container.encode(decision?.threshold ?? threshold, forKey: .threshold)
        try container.encode(decision?.falseMatchRate, forKey: .falseMatchRate)
        try container.encode(decision?.condition, forKey: .condition)
        try container.encode(decision?.probability, forKey: .probability)
        try container.encode(decision?.remark, forKey: .remark)
    }
}

/// Whether two faces are of one person; every field is always there, `null` where there is nothing to say.
struct DecisionRecord: Encodable {
    var decision: MatchDecision
    /// How probable a match was before the faces were compared.
    var prior: Double

    private enum CodingKeys: String, CodingKey {
        case similarity, threshold, falseMatchRate, condition, match, probability, prior, remark
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(decision.similarity, forKey: .similarity)
        try container.encode(decision.threshold, forKey: .threshold)
        try container.encode(decision.falseMatchRate, forKey: .falseMatchRate)
        try container.encode(decision.condition, forKey: .condition)
        try container.encode(decision.isMatch, forKey: .match)
        try container.encode(decision.probability, forKey: .probability)
        try container.encode(prior, forKey: .prior)
        try container.encode(decision.remark, forKey: .remark)
    }

    /// For people.
    var lines: [String] { decision.lines(prior: prior) }
}

/// Whether two pictures show one person.
struct VerificationRecord: Encodable {
    struct Side: Encodable {
        var image: String
        /// How many faces the picture holds; the largest near the centre was compared.
        var faceCount: Int
        var face: FaceRecord
        var enhancement: String
        /// As of ``PictureRecord/remarks``.
        var remarks: [RemarkRecord]?
    }

    var outcome: DecisionRecord
    var model: String
    var detector: String
    var precision: String
    var a: Side
    var b: Side

    private enum CodingKeys: String, CodingKey { case model, detector, precision, a, b }

    func encode(to encoder: any Encoder) throws {
        try outcome.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(detector, forKey: .detector)
        try container.encode(precision, forKey: .precision)
        try container.encode(a, forKey: .a)
        try container.encode(b, forKey: .b)
    }
}

extension PictureRecord {
    /// A picture whose faces were found.
    init(image: String, found: FoundFaces, finder: FaceFinder) {
        self.init(
            image: image, width: found.width, height: found.height, detector: finder.detector.name,
            precision: finder.precision, enhancement: found.enhancement.rawValue,
            remarks: RemarkRecord.all(found.remarks), timings: found.durations,
            faces: found.faces.map { FaceRecord($0.face, $0.context) })
    }

    /// A picture whose faces were found and embedded.
    init(image: String, analysis: Analysis, recognizer: Recognizer) {
        self.init(
            image: image, width: analysis.width, height: analysis.height, detector: recognizer.finder.detector.name,
            precision: recognizer.precision,
            enhancement: analysis.enhancement.rawValue,
            remarks: RemarkRecord.all(analysis.remarks),
            timings: analysis.durations,
            faces: analysis.faces.map { FaceRecord($0) })
    }

    /// A picture that failed.
    init(image: String, error: any Error) {
        self.init(image: image, error: ErrorRecord(error))
    }
}

extension FaceRecord {
    /// A face with its context.
    init(_ face: Face, _ context: ContextVector) {
        self.init(
            box: face.box, confidence: face.confidence, landmarks: face.landmarks,
            context: ContextRecord(context: context))
    }

    /// A face with its context and its embedding.
    init(_ observation: Observation) {
        self.init(observation.face, observation.context)
        embedding = observation.embedding.values
        model = observation.embedding.model.description
    }
}
