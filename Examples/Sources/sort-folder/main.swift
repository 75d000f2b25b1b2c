// sort-folder FOLDER: lists the pictures of a folder by person. Nothing is moved or changed.

import Foundation
import Likeness

guard let folder = CommandLine.arguments.dropFirst().first else {
    print("usage: sort-folder FOLDER")
    exit(2)
}

do {
    let file = FileManager.default.temporaryDirectory.appending(path: "sorted-\(UUID().uuidString).sqlite")
    let store = try await SQLiteStore(at: file)
    defer { for file in store.files { try? FileManager.default.removeItem(at: file) } }
    let recognizer = try await FaceService().recognizer()
    let card = recognizer.embedder.card
    let gallery = try await store.createGallery("found", model: card.identity, dimension: recognizer.embedder.dimension)
    let rule = try MatchRule(card, falseMatchRate: 1e-4)

    var pictures: [String: [String]] = [:]
    let sources = PictureList([folder], recursive: true) { [] }.sources
    // Several pictures are processed at once; the results arrive in the order of the pictures.
    for try await (index, result) in recognizer.analyses(of: sources) {
        let name = sources[index].name
        guard case .success(let analysis) = result else { continue }
        for face in analysis.faces {
            // An unknown face becomes a new person.
            let known = try await gallery.identify([EmbeddedFace(face)], by: rule).first?.identification.person
            let person = known?.name ?? "person \(pictures.count + 1)"
            try await gallery.enroll(person, face.embedding, from: EnrollmentSource(context: face.context))
            pictures[person, default: []].append(name)
        }
    }
    for (person, names) in pictures.sorted(by: { $0.value.count > $1.value.count }) {
        print("\(person): \(names.joined(separator: ", "))")
    }
} catch {
    print(error)
    exit(2)
}
