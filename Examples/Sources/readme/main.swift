import Foundation
import Likeness

let portrait = URL(filePath: CommandLine.arguments[1]), photo = URL(filePath: CommandLine.arguments[2])
let people = FileManager.default.temporaryDirectory.appending(path: "people-\(UUID().uuidString).sqlite")

do {
    let service = try FaceService(store: await SQLiteStore(at: people))

    let answer = try await service.verify(.file(portrait), .file(photo))
    print(answer.decision.isMatch ? "the same person" : "different people", answer.decision.similarity)

    try await service.enroll("Ada Lovelace", from: .file(portrait), into: "staff")
    for face in try await service.identify(.file(photo), in: "staff", by: .falseMatchRate(1e-4)) {
        switch face.answer.identification {
        case .identified(let candidate): print(candidate.person.name, face.answer.decision?.probability ?? 0)
        case .unknown(let nearest): print("unknown; nearest is", nearest?.person.name ?? "nobody")
        }
    }
} catch {
    print("error:", error)  // what is wrong and what to do: if no models are installed, it says how to install them
    exit(1)
}
