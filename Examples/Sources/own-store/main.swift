// own-store FILE: checks a gallery store of one's own, then keeps a person in FILE. No model is needed.

import Foundation
import Likeness
import LikenessTesting

let file = URL(filePath: CommandLine.arguments[1])

// Every promise of a gallery store, checked on an empty one, as in the store's tests.
let empty = FileManager.default.temporaryDirectory.appending(path: "own-store-\(UUID().uuidString).json")
defer { try? FileManager.default.removeItem(at: empty) }
for promise in try await GalleryStoreContract.check(JSONFileStore(at: empty)) { print("kept:", promise) }

let model = ModelIdentity(name: "example", contract: "0123456789ab/1")
let ada = try Embedding(normalizing: [0.2, 0.9, 0.1, 0.4], model: model)
let staff = try await JSONFileStore(at: file).openOrCreateGallery("staff", model: model, dimension: 4)
try await staff.enroll("Ada Lovelace", ada)

// Another instance reads what the first one saved. `FaceService(store:)` takes such a store, too.
let nearest = try await JSONFileStore(at: file).gallery("staff").candidates(for: ada, count: 1)
print("saved and read again:", nearest.first?.person.name ?? "nobody")
