import Faces
import Foundation
import GRDB
import Identities
import IdentitiesSQLite
import LikenessSupport
import Testing

extension SplitMix64 {
    /// Returns a random direction.
    mutating func direction(_ dimension: Int) -> [Float] {
        ofUnitLength((0..<dimension).map { _ in Float(normal()) })
    }

    /// Returns a direction near `other`: each value moved by `noise` standard deviations.
    mutating func near(_ other: [Float], noise: Float) -> [Float] {
        ofUnitLength(other.map { $0 + noise * Float(normal()) })
    }
}

private func ofUnitLength(_ values: [Float]) -> [Float] {
    let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return values.map { Float(Double($0) / length) }
}

/// A vector of an index, stored by a test for comparison.
struct Reference {
    let id: Int64
    let group: Int64
    let values: [Float]
}

/// Returns the result of comparing with every vector.
func bruteForce(_ references: [Reference], _ query: [Float], groups: Int) -> [VectorMatch] {
    var best: [Int64: (similarity: Double, id: Int64)] = [:]
    for reference in references {
        let similarity = zip(reference.values, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        if let known = best[reference.group],
            known.similarity > similarity || known.similarity == similarity && known.id < reference.id
        {
            continue
        }
        best[reference.group] = (similarity, reference.id)
    }
    let ordered = best.sorted {
        $0.value.similarity != $1.value.similarity
            ? $0.value.similarity > $1.value.similarity : $0.value.id < $1.value.id
    }
    return ordered.prefix(groups).map { group, match in
        VectorMatch(id: match.id, group: group, similarity: Float(max(-1, min(1, match.similarity))))
    }
}

let model = ModelIdentity(name: "sface", contract: "0123456789ab/1")
let otherModel = ModelIdentity(name: "facenet", contract: "ba9876543210/1")

func embedding(_ values: [Float], _ model: ModelIdentity = model) throws -> Embedding {
    try Embedding(normalizing: values, model: model)
}

/// Returns an embedding along one axis.
func axis(_ axis: Int, _ dimension: Int = 8) throws -> Embedding {
    var values = [Float](repeating: 0, count: dimension)
    values[axis] = 1
    return try embedding(values)
}

/// Returns an embedding between two axes whose similarity to the first one is `similarity`.
func between(_ first: Int, _ second: Int, similarity: Float, _ dimension: Int = 8) throws -> Embedding {
    var values = [Float](repeating: 0, count: dimension)
    values[first] = similarity
    values[second] = (1 - similarity * similarity).squareRoot()
    return try embedding(values)
}

/// Calls `body` with a new folder for a test, and removes it at the end.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Calls `body` with a new store for a test, with an empty gallery of eight values.
func withGallery(dimension: Int = 8, _ body: (Gallery, SQLiteStore) async throws -> Void) async throws {
    try await withFolder { folder in
        let store = try await SQLiteStore(at: folder.appending(path: "people.sqlite"))
        let gallery = try await store.createGallery("staff", model: model, dimension: dimension)
        try await body(gallery, store)
    }
}

/// Returns the code of the gallery error that `body` throws; `nil` if it throws none.
func code(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch let error as GalleryError {
        #expect(!error.description.isEmpty)
        return error.code
    } catch {
        Issue.record("an error of another type: \(error)")
        return nil
    }
}

/// Returns the permission bits of a file.
func mode(of url: URL) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
}

/// Returns a context that passes the strictest gate, except for the given numbers.
func portrait(_ numbers: [String: Float] = [:]) throws -> ContextVector {
    let fitting: [String: Float] = [
        "yaw": 3, "pitch": -4, "roll": 1, "intensity": 0.5, "contrast": 0.25, "illuminationDifference": 0.0625,
        "underexposed": 0.03125, "overexposed": 0.015625, "sharpness": 22, "size": 180, "confidence": 0.875,
    ]
    let json = try JSONEncoder().encode(fitting.merging(numbers) { _, given in given })
    return try JSONDecoder().decode(ContextVector.self, from: json)
}

/// Returns another connection to a store's file, which may hold a transaction open.
func connection(to url: URL) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: url.path, configuration: configuration)
}

/// Returns a card whose threshold at a false match rate of 10^-n is n / 10, down to 10^-6, if its people support it.
func card(people: Int) throws -> ModelCard {
    let text = """
        {"name": "sface", "version": "1", "task": "embedding", "architecture": "", "weights": [],
         "input": {"name": "input", "layout": "nchw", "channels": "rgb", "normalization": "whitening"}, "outputs": [],
         "licence": "", "licenceNote": "", "origin": {"status": "own", "text": ""}, "trainingData": "", "citation": ""}
        """
    var card = try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
    let pairs = people * (people - 1) / 2
    card.calibration = MatchCalibration(
        points: (1...6).map {
            .init(falseMatchRate: pow(10, -Double($0)), threshold: Float($0) / 10, falseNonMatchRate: 0.1)
        }, data: "", people: people, pictures: people, impostorPairs: pairs, peoplePairs: pairs, matedPairs: 1,
        conditions: "", remark: "", command: "")
    return card
}
