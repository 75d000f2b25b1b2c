import TestSupport
import Testing

/// The fields that programs rely on, by name and kind; `Documentation/JSON.md` describes them.
enum Contract {
    static let picture: [String: JSON.Kind] = [
        "image": .text, "width": .number, "height": .number, "detector": .text, "precision": .text,
        "enhancement": .text, "timings": .object, "faces": .array,
    ]
    static let failure: [String: JSON.Kind] = ["image": .text, "error": .object]
    static let face: [String: JSON.Kind] = [
        "box": .object, "confidence": .number, "landmarks": .object, "context": .object,
    ]
    static let context: [String: JSON.Kind] = [
        "yaw": .number, "pitch": .number, "roll": .number, "intensity": .number, "contrast": .number,
        "illuminationDifference": .number, "underexposed": .number, "overexposed": .number, "sharpness": .number,
        "size": .number, "confidence": .number, "maskProbability": hasMaskClassifier ? .number : .null,
        "childProbability": hasAgeClassifier ? .number : .null, "quality": hasQualityNetwork ? .number : .null,
    ]
    static let landmarks = ["leftEye", "rightEye", "nose", "leftMouth", "rightMouth"]

    /// Expects the record of a picture, and returns its faces.
    static func faces(
        of record: [String: any Sendable], with extra: [String: JSON.Kind] = [:],
        at location: SourceLocation = #_sourceLocation
    ) throws -> [[String: any Sendable]] {
        #expect(JSON.kinds(record) == picture, sourceLocation: location)
        #expect(
            try Set(JSON.object(record["timings"]).keys) == ["decode", "detect", "align", "embed"],
            sourceLocation: location)
        let faces = try JSON.objects(record["faces"])
        for face in faces { try expect(face, with: extra, at: location) }
        return faces
    }

    /// Expects the record of a face.
    static func expect(
        _ face: [String: any Sendable], with extra: [String: JSON.Kind] = [:],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(JSON.kinds(face) == Self.face.merging(extra) { $1 }, sourceLocation: location)
        let box: [String: JSON.Kind] = ["x": .number, "y": .number, "width": .number, "height": .number]
        #expect(try JSON.kinds(JSON.object(face["box"])) == box, sourceLocation: location)
        #expect(try JSON.kinds(JSON.object(face["context"])) == context, sourceLocation: location)
        let points = try JSON.object(face["landmarks"])
        #expect(Set(points.keys) == Set(landmarks), sourceLocation: location)
        for point in points.values {
            #expect(try JSON.kinds(JSON.object(point)) == ["x": .number, "y": .number], sourceLocation: location)
        }
    }

    /// Expects the record of a picture that failed.
    static func expectFailure(
        _ record: [String: any Sendable], code: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(JSON.kinds(record) == failure, sourceLocation: location)
        let error = try JSON.object(record["error"])
        var kinds = JSON.kinds(error)
        let remedy = kinds.removeValue(forKey: "remedy")
        #expect(kinds == ["code": .text, "message": .text], sourceLocation: location)
        #expect(remedy == nil || remedy == .text, sourceLocation: location)
        #expect(error["code"] as? String == code, sourceLocation: location)
    }
}
