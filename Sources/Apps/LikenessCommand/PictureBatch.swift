import ArgumentParser
package import Faces
import Foundation
import Likeness
package import LikenessRecords
package import Pixels
package import Recognition

/// Analyzes the pictures of a command and prints a record for each.
package struct PictureBatch {
    package var pictures: [PictureSource]
    /// Where they lie in folders in folders, as ``PictureList/subfolders`` says.
    package var subfolders: [String: String]
    package var detection: DetectionOptions
    package var output: OutputOptions
    private let annotator: Annotator?

    /// What is read, and is not overwritten.
    package let inputs: InputFiles

    /// A batch from the command's options; reads the standard input where it is asked for.
    ///
    /// - Parameters:
    ///   - annotations: Where pictures with their faces drawn on them go.
    ///   - layout: How no records at all are shown.
    ///   - others: Other files that the command reads.
    /// - Throws: ``Failure/noPictures(folders:)`` where there are none: the output then says so too, as an empty list.
    package init(
        pictures: PictureOptions, detection: DetectionOptions, output: OutputOptions, annotations: String? = nil,
        layout: Layout<PictureRecord> = .faces, others: [String] = []
    ) throws {
        let list = try pictures.list(limits: detection.limits, quiet: detection.quiet)
        (self.pictures, subfolders) = (list.sources, list.subfolders)
        self.detection = detection
        self.output = output
        let inputs = InputFiles(list.files + others)
        self.inputs = inputs
        try output.check(keeping: inputs)
        guard !list.sources.isEmpty else {
            try Writer(output, layout: layout).finish()
            throw Failure.noPictures(folders: list.emptyFolders)
        }
        annotator = try annotations.map {
            try Annotator(directory: $0, for: list.sources, keeping: inputs, limits: detection.limits)
        }
    }

    /// Prints what is found in each picture, without embeddings.
    ///
    /// - Parameters:
    ///   - finder: Finds the faces.
    ///   - selection: Which faces are wanted.
    ///   - layout: How a record is shown as rows.
    ///   - record: Makes the record of a picture whose faces were found; what it throws is that picture's failure.
    /// - Throws: ``Failure``; `ExitCode` if pictures failed.
    package func run(
        with finder: FaceFinder, selecting selection: FaceSelection, layout: Layout<PictureRecord>,
        record: (PictureSource, FoundFaces) async throws -> PictureRecord
    ) async throws {
        try await run(finder.faces(of: pictures, selecting: selection), layout: layout) { picture, found in
            if !detection.quiet { Terminal.note(found.remarks, on: picture.name) }
            let made = try await record(picture, found)
            try await annotator?.annotate(picture, found.faces.map { Image.FaceAnnotation(face: $0.face) })
            return made
        }
    }

    /// Prints what is made of each picture with a recognizer.
    ///
    /// - Parameters:
    ///   - recognizer: Analyzes the pictures.
    ///   - selection: Which faces are wanted.
    ///   - layout: How a record is shown as rows.
    ///   - annotation: What is drawn at a face of an annotated picture.
    ///   - record: Makes the record of a picture that was analyzed; what it throws is that picture's failure.
    /// - Throws: ``Failure``; `ExitCode` if pictures failed.
    package func run(
        with recognizer: Recognizer, selecting selection: FaceSelection, layout: Layout<PictureRecord>,
        annotation: (FaceRecord, Face) -> Image.FaceAnnotation = { Image.FaceAnnotation(face: $1) },
        record: (PictureSource, Analysis) async throws -> PictureRecord
    ) async throws {
        try await run(recognizer.analyses(of: pictures, selecting: selection), layout: layout) { picture, analysis in
            if !detection.quiet { Terminal.note(analysis.remarks, on: picture.name) }
            let made = try await record(picture, analysis)
            try await annotator?.annotate(
                picture, zip(made.faces ?? [], analysis.faces).map { annotation($0, $1.face) })
            return made
        }
    }

    private func run<Value: Sendable>(
        _ results: PictureResults<Value>, layout: Layout<PictureRecord>,
        record: (PictureSource, Value) async throws -> PictureRecord
    ) async throws {
        let batch = RecordBatch(names: pictures.map(\.name), output: output, quiet: detection.quiet)
        try await batch.run(results, layout: layout) { index, result in
            try await record(pictures[index], try result.get())
        } failure: { index, _, error in
            PictureRecord(image: pictures[index].name, error: error)
        }
    }
}

extension PictureList {
    /// Says which links were not followed.
    package func noteLinks() {
        if let remark = links.remark("to read them, give their names") { Terminal.note(remark) }
    }

    /// The paths of the files.
    package var files: [String] {
        sources.compactMap { source -> String? in if case .file(let url) = source { url.relativePath } else { nil } }
    }
}
