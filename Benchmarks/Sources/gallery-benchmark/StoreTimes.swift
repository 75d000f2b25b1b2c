import BenchmarkSupport
import Faces
import Foundation
import Identities
import IdentitiesSQLite

/// The times of a gallery in a file: import, the first search (which reads all templates into memory), and then one
/// identification and one enrollment, each through the whole library.
struct StoreTimes: Encodable {
    let templates: Int
    let importSeconds: Double
    let firstSearchSeconds: Double
    let identifyMilliseconds: Double
    let enrollMilliseconds: Double
    /// The size of the database on the disk.
    let megabytes: Double

    init(templates: Int, perPerson: Int, dimension: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "search-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let export = folder.appending(path: "gallery.jsonl"), database = folder.appending(path: "people.sqlite")
        let model = ModelIdentity(name: "synthetic", contract: "000000000000/1")
        let probes = try Self.write(export, templates, perPerson, dimension, model).map {
            try Embedding(normalizing: $0, model: model)
        }
        let clock = ContinuousClock()
        let store = try await SQLiteStore(at: database)
        let importing = try await clock.measure { try await store.importGallery(from: export) }
        let gallery = try await SQLiteStore(at: database).gallery("synthetic")
        let first = try await clock.measure { _ = try await gallery.identify(probes[0], threshold: 0.4) }
        var identifying: [Double] = [], enrolling: [Double] = []
        for (number, probe) in probes.enumerated() {
            identifying.append(
                try await clock.measure { _ = try await gallery.identify(probe, threshold: 0.4) }.seconds)
            enrolling.append(try await clock.measure { try await gallery.enroll("new \(number)", probe) }.seconds)
        }
        self.templates = templates
        importSeconds = importing.seconds
        firstSearchSeconds = first.seconds
        identifyMilliseconds = median(identifying) * 1e3
        enrollMilliseconds = median(enrolling) * 1e3
        megabytes = Double(try FileManager.default.attributesOfItem(atPath: database.path)[.size] as? Int ?? 0) / 1e6
    }

    /// Writes an exported gallery, and returns probes of some of its people.
    private static func write(
        _ file: URL, _ templates: Int, _ perPerson: Int, _ dimension: Int, _ model: ModelIdentity
    ) throws -> [[Float]] {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        let people = templates / perPerson
        try handle.write(
            contentsOf: Data(
                (#"{"format":"likeness-gallery","version":1,"gallery":"synthetic","model":{"name":"\#(model.name)","#
                    + #""contract":"\#(model.contract)"},"dimension":\#(dimension),"people":\#(people),"#
                    + #""templates":\#(people * perPerson)}"# + "\n").utf8))
        var faces = SyntheticFaces(dimension: dimension, noise: 0.08, seed: 9), probes: [[Float]] = []
        for person in 0..<people {
            let direction = faces.person()
            let lines = (0..<perPerson).map { _ in
                let vector = faces.template(of: direction).withUnsafeBytes { Data($0) }
                return #"{"vector":"\#(vector.base64EncodedString())","created":1790000000000}"#
            }
            try handle.write(
                contentsOf: Data(
                    (#"{"id":"\#(person)","name":"person \#(person)","metadata":{},"created":1790000000000,"templates":["#
                        + lines.joined(separator: ",") + "]}\n").utf8))
            if person % max(1, people / 20) == 0 { probes.append(faces.template(of: direction)) }
        }
        return probes
    }
}
