import ArgumentParser
import Faces
import Foundation
import Pixels
import Recognition

/// Analyzes the pictures of a command, prints a record for each, and says how it went.
struct PictureBatch {
    var pictures: [PictureSource]
    var detection: DetectionOptions
    var output: OutputOptions
    var annotations: String?

    /// - Parameters:
    ///   - recognizer: Analyzes the pictures.
    ///   - selection: Which faces are wanted.
    ///   - layout: How a record is shown as rows.
    ///   - annotation: What is drawn at a face of an annotated picture.
    ///   - record: Makes the record of a picture that was analyzed; what it throws is that picture's failure.
    /// - Returns: How many pictures failed.
    /// - Throws: ``Failure/interrupted``, ``Failure/cannotWrite(_:)``; `ExitCode` where pictures failed.
    func run(
        with recognizer: Recognizer, selecting selection: FaceSelection, layout: Layout<PictureRecord>,
        annotation: (FaceRecord, Face) -> Image.FaceAnnotation = { Image.FaceAnnotation(face: $1) },
        record: (PictureSource, Analysis) async throws -> PictureRecord
    ) async throws {
        let writer = try Writer(output, layout: layout)
        let annotator = try annotations.map { try Annotator(directory: $0, limits: detection.limits) }
        let progress = Progress(total: pictures.count, unit: "pictures", quiet: detection.quiet)
        var failures: [any Error] = []
        var interruption: CancellationError?
        do {
            try await recognizer.analyze(pictures, selecting: selection) { index, result in
                let picture = pictures[index]
                do {
                    let analysis = try result.get()
                    let made = try await record(picture, analysis)
                    if let annotator {
                        let faces = zip(made.faces ?? [], analysis.faces).map { annotation($0, $1.face) }
                        try annotator.annotate(picture, faces)
                    }
                    try writer.write(made)
                    progress.advance()
                } catch let failure as Failure {
                    throw failure
                } catch {
                    failures.append(error)
                    try writer.write(PictureRecord(image: picture.name, error: error))
                    progress.advance(failed: true)
                    if !detection.quiet, output.format == .table { continueAfter(error, of: picture) }
                }
            }
        } catch let cancellation as CancellationError {
            interruption = cancellation
        }
        progress.finish()
        try writer.finish()
        if interruption != nil { throw Failure.interrupted }
        try finish(failures)
    }

    private func continueAfter(_ error: any Error, of picture: PictureSource) {
        Terminal.note("likeness: \(picture.name): \(Failure.message(of: error))")
    }

    /// A single picture's failure has its own exit status; a batch's is ``ExitStatus/someFailed``.
    private func finish(_ failures: [any Error]) throws {
        guard let first = failures.first else { return }
        let status = pictures.count == 1 ? Failure.status(of: first) : .someFailed
        if !detection.quiet, pictures.count > 1 {
            Terminal.note("likeness: \(failures.count) of \(pictures.count) pictures failed")
        }
        throw status.code
    }
}

extension PictureBatch {
    /// A batch from the command's options; reads the standard input where it is asked for.
    init(
        pictures: PictureOptions, detection: DetectionOptions, output: OutputOptions, annotations: String? = nil
    ) throws {
        self.init(
            pictures: try pictures.pictures(quiet: detection.quiet), detection: detection, output: output,
            annotations: annotations)
    }
}
