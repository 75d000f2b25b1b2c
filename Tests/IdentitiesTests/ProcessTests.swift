import Faces
import Foundation
import Identities
import IdentitiesSQLite
import LikenessSupport
import Testing

@Suite("Several users of one store")
struct ProcessTests {
    @Test("A change by one store object is seen by the other at its next search")
    func twoStores() async throws {
        try await withGallery { here, store in
            let there = try await SQLiteStore(at: store.url).gallery("staff")
            #expect(try await there.identify(try axis(0), threshold: 0.5) == .unknown(nearest: nil))
            let ada = try await here.enroll("Ada", try axis(0))
            #expect(try await there.identify(try axis(0), threshold: 0.5).person?.name == "Ada")
            try await there.enroll("Grace", try axis(1), id: "g")
            #expect(try await here.identify(try axis(1), threshold: 0.5).person?.name == "Grace")
            try await there.rename(ada.person.id, to: "Countess")
            #expect(try await here.identify(try axis(0), threshold: 0.5).person?.name == "Countess")
            try await there.merge("g", into: ada.person.id)
            #expect(try await here.identify(try axis(1), threshold: 0.5).person?.name == "Countess")
            try await here.removeTemplate(ada.template.id)
            #expect(try await there.identify(try axis(0), threshold: 0.5).person == nil)
            try await there.remove(ada.person.id)
            #expect(try await here.identify(try axis(1), threshold: 0.5) == .unknown(nearest: nil))
        }
    }

    @Test("Many tasks enroll and search at once")
    func concurrentTasks() async throws {
        try await withGallery(dimension: 32) { gallery, store in
            let other = try await SQLiteStore(at: store.url, patience: 30).gallery("staff")
            var generator = SplitMix64(state: 8)
            let faces = try (0..<40).map { _ in try embedding(generator.direction(32)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, face) in faces.enumerated() {
                    let mine = number % 2 == 0 ? gallery : other
                    group.addTask {
                        try await mine.enroll("person \(number)", face)
                        let found = try await mine.identify(face, threshold: 0.99)
                        #expect(found.person?.name == "person \(number)")
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await other.size() == GallerySize(people: 40, templates: 40))
        }
    }

    @Test("Two processes enroll at once, and this one sees both")
    func twoProcesses() async throws {
        try await withGallery(dimension: 32) { gallery, store in
            _ = try await gallery.identify(try expected(0, of: gallery), threshold: 0.5)
            let helpers = try [0, 100].map { try Helper(enrolling: $0, count: 20, in: store.url, "staff") }
            for helper in helpers { #expect(helper.finish() == 0) }
            #expect(try await gallery.size() == GallerySize(people: 40, templates: 40))
            for number in [0, 7, 19, 100, 119] {
                let found = try await gallery.identify(try expected(number, of: gallery), threshold: 0.999)
                #expect(found.person?.name == "person \(number)")
            }
        }
    }

    @Test("Two processes create the same store at once")
    func racingOpeners() async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let store = try await SQLiteStore(at: url, patience: 30)
                        try await store.createGallery("gallery \(number)", model: model, dimension: 8)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await SQLiteStore(at: url).galleries().count == 8)
        }
    }

    @Test("A process that is killed while enrolling loses nothing that it acknowledged")
    func killed() async throws {
        try await withGallery(dimension: 32) { gallery, store in
            var acknowledged: [Int] = []
            for (round, wanted) in [1, 8, 23, 40].enumerated() {
                let helper = try Helper(enrolling: round * 100_000, count: 100_000, in: store.url, "staff")
                acknowledged += try helper.kill(afterReading: wanted)
            }
            #expect(acknowledged.count >= 72)
            // As another process would find the store after the crash.
            let after = try await SQLiteStore(at: store.url).gallery("staff")
            let people = Set(try await after.people().map(\.name))
            for number in acknowledged { #expect(people.contains("person \(number)")) }
            let size = try await after.size()
            // At most one enrollment in progress, each time, is stored without being acknowledged.
            #expect(size.people <= acknowledged.count + 4)
            #expect(size.templates == size.people)
            for number in acknowledged.suffix(40) {
                let found = try await after.identify(try expected(number, of: after), threshold: 0.999)
                #expect(found.person?.name == "person \(number)")
            }
            try await after.enroll("after the crash", try expected(-7, of: after))
            #expect(try await gallery.size().people == size.people + 1)
        }
    }
}
