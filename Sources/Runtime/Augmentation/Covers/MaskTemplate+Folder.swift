public import Foundation
import Pixels

extension MaskTemplate {
    /// Returns the masks of a folder that has the format of the MaskTheFace project: PNG pictures with transparency,
    /// and a `masks.cfg` with their key points.
    ///
    /// Masks whose front picture is missing are left out.
    ///
    /// - Returns: The masks in order of name.
    /// - Throws: ``AugmentationError/badTemplates(_:reason:)``; `ImageError` for a damaged picture.
    public static func all(in folder: URL) throws -> [MaskTemplate] {
        let list = folder.appending(path: "masks.cfg")
        guard let text = try? String(contentsOf: list, encoding: .utf8) else {
            throw AugmentationError.badTemplates(folder.path, reason: "there is no masks.cfg")
        }
        let sections = try sections(of: text, folder: folder)
        var views: [String: View] = [:]
        for (name, keyPoints) in sections {
            let file = folder.appending(path: "\(name).png")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            views[name] = View(levels: levels(try TransparentImage(contentsOf: file)), keyPoints: keyPoints)
        }
        let templates = views.keys.sorted().compactMap { name -> MaskTemplate? in
            guard !name.hasSuffix("_left"), !name.hasSuffix("_right"), let front = views[name] else { return nil }
            return MaskTemplate(
                name: name, front: front, left: views["\(name)_left"], right: views["\(name)_right"])
        }
        guard !templates.isEmpty else {
            throw AugmentationError.badTemplates(folder.path, reason: "none of the masks of masks.cfg has a picture")
        }
        return templates
    }

    private static func levels(_ image: TransparentImage) -> [Cutout] {
        var levels = [Cutout(image)]
        while let last = levels.last, min(last.width, last.height) > 32 { levels.append(last.halved) }
        return levels
    }

    /// Returns the key points of each section; comments begin with a semicolon.
    private static func sections(of text: String, folder: URL) throws -> [String: [SIMD2<Float>]] {
        var points: [String: [String: SIMD2<Float>]] = [:]
        var name = ""
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespacesAndNewlines)
            if line.hasPrefix("[") && line.hasSuffix("]") {
                name = String(line.dropFirst().dropLast())
            } else if line.hasPrefix("mask_") {
                let halves = line.split(separator: ":", maxSplits: 1)
                let numbers =
                    halves.last?.split(separator: ",").compactMap {
                        Float($0.trimmingCharacters(in: .whitespaces))
                    } ?? []
                // Coordinates far outside any picture are invalid, and could not be rounded to a pixel.
                guard halves.count == 2, numbers.count == 2, numbers.allSatisfy({ abs($0) <= 100_000 }) else {
                    throw AugmentationError.badTemplates(
                        folder.path, reason: "line \(number + 1) of masks.cfg is not a key point")
                }
                points[name, default: [:]][String(halves[0])] = SIMD2(numbers[0], numbers[1])
            }
        }
        return try points.mapValues { named in
            try ["mask_a", "mask_b", "mask_c", "mask_d", "mask_e", "mask_f"].map { key in
                guard let point = named[key] else {
                    throw AugmentationError.badTemplates(folder.path, reason: "a mask of masks.cfg lacks \(key)")
                }
                return point
            }
        }
    }
}
