public import Datasets
public import Faces
public import Foundation
import LikenessSupport
public import Pixels
public import Recognition

/// The faces of a list of pictures, found once, and their crops packed into an archive for training: `likeness pack`.
///
/// The same packing goes on after an interruption. A picture that can't be read or has no face is noted in the archive and does
/// not stop the batch.
public struct FacePacking: Sendable {
    /// What is done, for progress.
    public enum Event: Sendable {
        /// So many pictures were packed, or noted, by an earlier run.
        case packedBefore(Int)
        /// So many pictures are left.
        case began(count: Int)
        /// One more of them is done.
        case advanced(failed: Bool)
        /// All are done, or the work ends early.
        case ended
        /// What was missing in a picture's file.
        case remarks([ImageRemark], picture: String)
        /// A picture was left out, and why.
        case leftOut(String, reason: String)
    }

    /// How many pictures of this run became faces of the archive.
    public struct Result: Hashable, Sendable {
        /// Faces that were packed.
        public let packed: Int
        /// Pictures that can't be read or have no face.
        public let failed: Int
    }

    private let list: IdentityList
    private let folder: URL
    private let archive: URL
    private let settings: LooseCrop.Settings
    private let selection: FaceSelection
    private let subset: String?

    /// Creates a packing.
    ///
    /// - Parameters:
    ///   - list: The pictures, each once.
    ///   - folder: The folder to which their names are relative.
    ///   - archive: The archive's folder; made if it is not there.
    ///   - settings: How crops are cut.
    ///   - selection: Which face stands for a picture.
    ///   - subset: A name for this part of the data, kept with every face.
    public init(
        _ list: IdentityList, in folder: URL, to archive: URL, settings: LooseCrop.Settings = LooseCrop.Settings(),
        selection: FaceSelection = .center, subset: String? = nil
    ) {
        (self.list, self.folder, self.archive) = (list, folder, archive)
        (self.settings, self.selection, self.subset) = (settings, selection, subset)
    }

    /// Packs the pictures that are not in the archive yet, and finishes it.
    ///
    /// - Parameters:
    ///   - finder: Finds the faces.
    ///   - observe: Is called with what is done.
    /// - Throws: `ArchiveError`; `CancellationError`: what was packed is kept for the next run.
    public func run(by finder: FaceFinder, observe: (Event) -> Void = { _ in }) async throws -> Result {
        let writer = try FaceArchiveWriter(folder: archive, detector: finder.detector.name, crop: settings)
        let left = list.pictures.filter { !writer.files.contains($0.file) }
        if left.count < list.pictures.count { observe(.packedBefore(list.pictures.count - left.count)) }
        for file in list.strays where !writer.files.contains(file) {
            try writer.skip(file, reason: "it is not in a person's folder")
        }
        let failed: Int
        observe(.began(count: left.count))
        do {
            defer { observe(.ended) }
            do {
                failed = try await pack(left, into: writer, by: finder, observe)
            } catch {
                try writer.flush()
                throw error
            }
            try writer.finish(order: list.pictures.map(\.file))
        }
        return Result(packed: left.count - failed, failed: failed)
    }

    /// - Returns: How many pictures failed.
    private func pack(
        _ pictures: [IdentityList.Picture], into writer: FaceArchiveWriter, by finder: FaceFinder,
        _ observe: (Event) -> Void
    ) async throws -> Int {
        let sources = pictures.map { PictureSource.file(IdentityList.url(of: $0, in: folder)) }
        var failed = 0
        var results = finder.faces(of: sources, selecting: selection).makeAsyncIterator()
        do {
            while let (index, result) = try await results.next() {
                if try await !pack(pictures[index], sources[index], result, into: writer, by: finder, observe) {
                    failed += 1
                }
            }
        } catch {
            await results.finish()
            throw error
        }
        return failed
    }

    /// - Returns: Whether the picture has a face, which is packed.
    private func pack(
        _ picture: IdentityList.Picture, _ source: PictureSource, _ result: Swift.Result<FoundFaces, any Error>,
        into writer: FaceArchiveWriter, by finder: FaceFinder, _ observe: (Event) -> Void
    ) async throws -> Bool {
        do {
            if let remarks = try? result.get().remarks, !remarks.isEmpty {
                observe(.remarks(remarks, picture: source.name))
            }
            guard let face = try result.get().faces.first?.face else { throw RecognitionError.noFace }
            let bytes = try await source.read(limits: finder.limits)
            let crop = try await DecoderThreads.run(for: bytes) {
                try LooseCrop(of: bytes, face: face, settings: settings, limits: finder.limits)
            }
            try writer.append(picture, crop, subset: subset)
            observe(.advanced(failed: false))
            return true
        } catch let error as ArchiveError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            let reason = ForeignError.translating(error).description
            try writer.skip(picture.file, reason: reason)
            observe(.advanced(failed: true))
            observe(.leftOut(picture.file, reason: reason))
            return false
        }
    }
}
