import ArgumentParser
import Faces
import Foundation
import Identities
import IdentitiesSQLite
import Likeness
import LikenessRecords
import Recognition

/// `likeness gallery`
struct GalleryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gallery", abstract: "List, change, export and import galleries and their people.",
        subcommands: [List.self, Show.self, Remove.self, Rename.self, Export.self, Import.self, Scrub.self])

    /// `likeness gallery list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the galleries of a store.")

        @Option(help: ArgumentHelp("The store: an SQLite file.", valueName: "file")) var store: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try output.check(keeping: InputFiles(StoreOptions.files(of: store)))
            let galleries = try await StoreOptions.openToRead(store)
            let writer = try Writer(output, layout: Layout<GalleryRecord>.galleries)
            for info in try await galleries.galleries() {
                let size = try await galleries.size(of: info)
                try writer.write(GalleryRecord(info, size: size))
            }
            try writer.finish()
        }
    }

    /// `likeness gallery show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the people of a gallery.")

        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name or id of a person, to list only this one.") var person: String?

        func run() async throws {
            try output.check(keeping: InputFiles(store.files))
            let gallery = try await store.openGallery()
            let people: [Person]
            if let person { people = [try await gallery.person(person)] } else { people = try await gallery.people() }
            let writer = try Writer(output, layout: Layout<PersonRecord>.people)
            for person in people { try writer.write(PersonRecord(person)) }
            try writer.finish()
        }
    }

    /// `likeness gallery remove`
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person or a whole gallery.",
            discussion: "The data is overwritten in the store's files, and can't be recovered.")

        @OptionGroup var store: StoreOptions
        @Argument(help: "The name or id of the person.") var person: String?
        @Flag(help: "Remove the whole gallery with all its people.") var all = false

        mutating func validate() throws {
            if all == (person != nil) { throw ValidationError("name a person, or use --all for the whole gallery") }
        }

        func run() async throws {
            let galleries = try await store.open()
            let gallery = try await galleries.gallery(store.gallery)
            if let person {
                try await gallery.remove(try await gallery.person(person).id)
            } else {
                try await galleries.removeGallery(store.gallery)
            }
        }
    }

    /// `likeness gallery rename`
    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Rename a person or a gallery.")

        @OptionGroup var store: StoreOptions
        @Argument(help: "The name or id of the person. (default: rename the gallery itself)") var person: String?
        @Option(help: "The new name.") var to: String

        func run() async throws {
            try NameText.check(to, "the new name")
            let galleries = try await store.open()
            let gallery = try await galleries.gallery(store.gallery)
            if let person {
                try await gallery.rename(try await gallery.person(person).id, to: to)
                let named = try await gallery.people(named: to).map(\.id)
                if named.count > 1 {
                    Terminal.note(
                        "\(named.count) people of the gallery now have the name '\(to)'; tell them apart by their ids: "
                            + named.joined(separator: ", "))
                }
            } else {
                try await galleries.renameGallery(store.gallery, to: to)
            }
        }
    }

    /// `likeness gallery export`
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a gallery to a file that only you can read.",
            discussion: "The file contains the templates of faces, so protect it like the store.")

        @OptionGroup var store: StoreOptions
        @Argument(help: "The file to write.") var file: String

        mutating func validate() throws {
            if file == "-" { throw ValidationError("an export can't be written to the standard output: name a file") }
        }

        func run() async throws {
            try OutputFile.checkPlace(file)
            try OutputFile.checkReplaceable(file)
            try await store.openGallery().export(to: URL(filePath: file))
        }
    }

    /// `likeness gallery import`
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a gallery from an exported file. If it fails, nothing is imported.")

        @Option(help: ArgumentHelp("The store; created if it does not exist.", valueName: "file")) var store: String
        @Argument(help: "The exported file.") var file: String
        @Option(name: .customLong("as"), help: "The name for the imported gallery. (default: its name in the file)")
        var name: String?

        func run() async throws {
            try name.map { try NameText.check($0, "the gallery's name") }
            guard FileManager.default.fileExists(atPath: file) else { throw Failure.noFile(file) }
            _ = try name.map { try GalleryName.checked($0, of: "the gallery's name") }
            // A new store is only created if the file is a valid export.
            let export = try GalleryExport(contentsOf: URL(filePath: file))
            if !FileManager.default.fileExists(atPath: store) { try export.forEach { _ in } }
            let galleries = try await StoreOptions.openOrMake(store)
            do {
                try await galleries.importGallery(from: URL(filePath: file), as: name)
            } catch GalleryError.galleryExists(let taken) {
                throw Failure.nameTaken(gallery: taken)
            }
        }
    }
}

extension GalleryCommand {
    /// `likeness gallery scrub`
    struct Scrub: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Overwrite removed data that could not be overwritten when it was removed.",
            discussion: """
                When a person is removed, their templates are overwritten in the store's files. If another process was \
                reading the store, or the removal was interrupted, parts may remain in the store's log. This command \
                overwrites them. The exit status is 74 if another process still uses the store.
                """)

        @Option(help: ArgumentHelp("The store: an SQLite file.", valueName: "file")) var store: String
        @Flag(name: .shortAndLong, help: "Print no remarks to the standard error.") var quiet = false

        func run() async throws {
            let opened = try await StoreOptions.open(store)
            // Nobody knows what a damaged file still contains.
            try await opened.checkSoundness()
            try await opened.scrub()
            if !quiet { Terminal.note("\(store) is scrubbed: its files contain no removed data") }
        }
    }
}

extension Layout<GalleryRecord> {
    /// One row for each gallery.
    static let galleries = Layout(
        columns: ["gallery", "people", "templates", "model", "dimension", "created"],
        rows: { record in
            [
                [
                    record.gallery, String(record.people), String(record.templates), record.model,
                    String(record.dimension), record.created.ISO8601Format(),
                ]
            ]
        })
}

extension Layout<PersonRecord> {
    /// One row for each person.
    static let people = Layout(
        columns: ["name", "id", "templates", "created", "metadata"],
        rows: { person in
            let notes = person.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return [
                [
                    person.name, person.id, String(person.templates), person.created.ISO8601Format(),
                    notes.joined(separator: "; "),
                ]
            ]
        })
}
