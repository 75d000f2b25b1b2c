import Datasets
import Foundation
import LikenessSupport
import Pixels

/// Photographs with marked faces, split into parts. Near-duplicates are in the same part.
struct PhotographSplit: Sendable {
    /// The photographs that are trained on.
    var training: [BoxedPicture] = []
    /// The photographs that choose the best weights.
    var validation: [BoxedPicture] = []
    /// The photographs on which the trained network is measured, and nothing else.
    var heldOut: [BoxedPicture] = []

    /// The number of parts of which one is for validation.
    private static let parts = 8

    /// Splits photographs. Unreadable ones, and those that are near-duplicates of held-out ones but not on their list,
    /// are reported and left out.
    ///
    /// - Parameters:
    ///   - photographs: The photographs.
    ///   - heldOut: The names of the files that are held out.
    ///   - tell: Called with messages, one sentence each.
    init(_ photographs: [BoxedPicture], heldOut names: Set<String>, tell: (String) -> Void) {
        var readable: [BoxedPicture] = [], hashes: [DifferenceHash] = []
        for photograph in photographs {
            do {
                hashes.append(DifferenceHash(try Image(contentsOf: photograph.file)))
                readable.append(photograph)
            } catch {
                tell("\(photograph.file.path) is left out: \(ForeignError.translating(error).description)")
            }
        }
        let groups = DifferenceHash.groups(of: hashes)
        func isHeldOut(_ picture: BoxedPicture) -> Bool { names.contains(picture.file.lastPathComponent) }
        let heldOutGroups = Set(readable.indices.filter { isHeldOut(readable[$0]) }.map { groups[$0] })
        for (picture, group) in zip(readable, groups) {
            if isHeldOut(picture) {
                heldOut.append(picture)
            } else if heldOutGroups.contains(group) {
                tell("\(picture.file.path) is left out: it is nearly the same as a held-out photograph")
            } else if MaskSplit.part(of: readable[group].file.lastPathComponent, of: Self.parts) == 0 {
                validation.append(picture)
            } else {
                training.append(picture)
            }
        }
    }

    /// Returns the names in a list, one a line.
    ///
    /// - Throws: `DatasetError`.
    static func names(in file: URL) throws -> Set<String> {
        guard let data = try? Data(contentsOf: file) else {
            throw DatasetError.unreadable(file.path, reason: "there is no such file, or it can't be opened")
        }
        guard let text = String(validating: data, as: UTF8.self) else { throw DatasetError.notText(file.path) }
        return Set(
            text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty })
    }
}
