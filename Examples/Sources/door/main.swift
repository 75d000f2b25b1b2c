// door STORE enroll NAME PICTURE...    adds pictures of a person to the gallery of a door
// door STORE open PICTURE              exit status 0 if the door opens

import Foundation
import Likeness

let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
    print("usage: door STORE enroll NAME PICTURE... | door STORE open PICTURE")
    exit(2)
}

do {
    let store = try await SQLiteStore(at: URL(filePath: arguments[1]))
    // At most one of a thousand strangers opens the door, however many people it knows.
    let configuration = FaceServiceConfiguration(policy: .falseAlarmRate(1e-3))
    let service = try FaceService(configuration: configuration, store: store)
    switch arguments[2] {
    case "enroll":
        let enrollment = try await service.enrollment(of: arguments[3], into: "door")
        for path in arguments.dropFirst(4) {
            do {
                let enrolled = try await enrollment.enroll(.file(URL(filePath: path)))
                print("\(path): \(enrolled.person.name) has \(enrolled.person.templates) pictures now")
            } catch {
                // The error says why the picture was rejected, for example because the face is too small. The loop
                // continues.
                print("\(path): \(error)")
            }
        }
    default:
        let faces = try await service.identify(.file(URL(filePath: arguments[3])), in: "door", selecting: .center)
        guard let person = faces.first?.answer.identification.person else {
            print("the door stays shut: \(faces.isEmpty ? "no face was found" : "unknown person")")
            exit(1)
        }
        print("the door opens for \(person.name)")
    }
} catch {
    print(error)
    exit(2)
}
