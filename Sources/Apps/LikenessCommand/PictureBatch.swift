import ArgumentParser
package import Faces
import Foundation
import Likeness
package import LikenessRecords
package import Pixels
package import Recognition

/// Analyzes the pictures of a command, and prints a record for each of them.
package struct PictureBatch {
    package var pictures: [PictureSource]
    /// The subfolder of each picture, as in ``PictureList/subfolders``.
    package var subfolders: [String: String]
    package var detection: DetectionOptions
    package var output: OutputOptions
    private let annotator: Annotator?

    /// The files that are read; none of them may be overwritten.
    package let inputs: InputFiles

    /// Creates a batch from the command's options. Reads the standard input if it is one of the pictures.
    ///
    /// - Parameters:
    ///   - annotations: The folder for pictures with marked faces; `nil` writes none.
    ///   - layout: The layout of the empty output if there are no pictures.
    ///   - others: Further files that the command reads.
    /// - Throws: ``Failure/noPictures(folders:)`` if there are no pictures; the output is then an empty list.
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

    /// Finds the faces in each picture, without embeddings, and prints a record for each picture.
    ///
    /// - Parameters:
    ///   - finder: The finder of the faces.
    ///   - selection: The faces to use.
    ///   - layout: The layout of a record as rows.
    ///   - record: Creates a picture's record from its faces; an error that it throws is recorded for that picture.
    /// - Throws: ``Failure``; `ExitCode` if some pictures failed.
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

    /// Analyzes each picture, and prints a record for it.
    ///
    /// - Parameters:
    ///   - recognizer: The recognizer that analyzes the pictures.
    ///   - selection: The faces to use.
    ///   - layout: The layout of a record as rows.
    ///   - annotation: Returns the marks and label of a face for the annotated picture.
    ///   - record: Creates a picture's record from its analysis; an error that it throws is recorded for that picture.
    /// - Throws: ``Failure``; `ExitCode` if some pictures failed.
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
    /// Prints a remark about links that were not followed, if there are any.
    package func noteLinks() {
        if let remark = links.remark("to read them, name them on the command line") { Terminal.note(remark) }
    }

    /// The paths of the files.
    package var files: [String] {
        sources.compactMap { source -> String? in if case .file(let url) = source { url.relativePath } else { nil } }
    }
}
