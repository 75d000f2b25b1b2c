public import Datasets
public import Faces
public import Foundation
import LikenessSupport
public import Pixels
public import Recognition

/// The packing of faces into an archive for training: one face from each picture of a list, `likeness pack`.
///
/// An interrupted packing resumes. A picture that can't be read or has no face is noted in the archive and does not
/// stop the others.
public struct FacePacking: Sendable {
    /// A step of the packing, for progress displays.
    public enum Event: Sendable {
        /// This number of pictures was packed, or noted, by an earlier run.
        case packedBefore(Int)
        /// The packing begins; this number of pictures remains.
        case began(count: Int)
        /// One more picture is finished.
        case advanced(failed: Bool)
        /// The packing has ended, either completely or early.
        case ended
        /// Parts of a picture's file were missing.
        case remarks([ImageRemark], picture: String)
        /// A picture was left out, for this reason.
        case leftOut(String, reason: String)
    }

    /// The counts of a run.
    public struct Result: Hashable, Sendable {
        /// The number of packed faces.
        public let packed: Int
        /// The number of pictures that can't be read or have no face.
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
    ///   - list: The pictures, each only once.
    ///   - folder: The folder to which the pictures' names are relative.
    ///   - archive: The archive's folder; created if it does not exist.
    ///   - settings: The settings of the crops.
    ///   - selection: The choice among several faces in a picture.
    ///   - subset: A name for this part of the data, which is stored with every face.
    public init(
        _ list: IdentityList, in folder: URL, to archive: URL, settings: LooseCrop.Settings = LooseCrop.Settings(),
        selection: FaceSelection = .center, subset: String? = nil
    ) {
        (self.list, self.folder, self.archive) = (list, folder, archive)
        (self.settings, self.selection, self.subset) = (settings, selection, subset)
    }

    /// Packs the pictures that are not in the archive yet, and completes the archive.
    ///
    /// - Parameters:
    ///   - finder: The finder of the faces.
    ///   - observe: Called for each event.
    /// - Throws: `ArchiveError`; `CancellationError`. The faces packed so far are kept for the next run.
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

    /// Packs pictures.
    ///
    /// - Returns: The number of pictures that failed.
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

    /// Packs a picture if it has a face.
    ///
    /// - Returns: Whether the picture was packed.
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
