import Foundation
import Pixels
import TestSupport
import Testing

/// Runs the command with the installation from scripts/setup, wherever the tests were built.
func likeness(
    _ arguments: String..., input: Data = Data(), environment: [String: String] = [:], directory: URL? = nil,
    signal: Int32? = nil
) throws -> Command.Outcome {
    try Command.run(
        arguments, input: input,
        environment: ["LIKENESS_HOME": Fixtures.dependencies.path].merging(environment) { $1 }, directory: directory,
        signal: signal)
}

/// Returns the path of a fetched portrait.
func portrait(_ name: String) -> String { Fixtures.portrait(name).path }

/// Whether the mask classifier is installed; without it a mask's probability is unknown.
let hasMaskClassifier = FileManager.default.fileExists(atPath: Fixtures.model("mask-classifier", "card.json").path)

/// Whether the age classifier is installed; without it a child's probability is unknown.
let hasQualityNetwork = FileManager.default.fileExists(atPath: Fixtures.model("face-quality", "card.json").path)
let hasAgeClassifier = FileManager.default.fileExists(atPath: Fixtures.model("age-classifier", "card.json").path)

/// Whether the default model's card has thresholds by false match rate.
let hasThresholds: Bool = {
    guard let card = try? Data(contentsOf: Fixtures.model(Fixtures.defaultModel, "card.json")),
        let object = try? JSON.object(of: card)
    else { return false }
    return object["calibration"] != nil
}()

/// The reason for skipping a test that needs thresholds by false match rate.
let needsThresholds: Comment = "needs thresholds by false match rate in the default model's card"

/// A threshold between the portraits' mated (from 0.74) and impostor (0.11) similarities.
let threshold = "0.4"

/// Files that are not pictures, each in a different way, and their error codes.
enum BadFile: String, CaseIterable {
    case empty = "empty.jpg"
    case text = "text.jpg"
    case truncated = "truncated.jpg"
    case gif = "moving.gif"

    var code: String {
        switch self {
        case .empty: "empty_file"
        case .text: "not_an_image"
        case .truncated: "truncated_image"
        case .gif: "unsupported_image_format"
        }
    }

    func contents() throws -> Data {
        switch self {
        case .empty: return Data()
        case .text: return Data("this is no picture\n".utf8)
        case .truncated:
            let whole = try Data(contentsOf: Fixtures.portrait("obama.jpg"))
            return whole.prefix(whole.count / 2)
        case .gif: return Data("GIF89a".utf8) + Data(repeating: 0, count: 64)
        }
    }
}

extension TemporaryFolder {
    /// Writes a small picture of one color, without a face.
    @discardableResult func blank(_ name: String) throws -> URL {
        let file = try self.file(name)
        try Image(width: 64, height: 48, color: Color(red: 90, green: 120, blue: 150)).write(to: file)
        return file
    }

    /// Writes a picture of several portraits side by side, each `height` pixels high.
    @discardableResult func group(_ name: String, of portraits: [String], height: Int = 480) throws -> URL {
        let pictures = try portraits.map { portrait in
            let image = try Image(contentsOf: Fixtures.portrait(portrait))
            return image.resized(width: image.width * height / image.height, height: height)
        }
        var pixels: [UInt8] = []
        for y in 0..<height {
            for picture in pictures {
                let row = picture.width * 3
                pixels += picture.pixels[y * row..<(y + 1) * row]
            }
        }
        let file = try self.file(name)
        try Image(width: pictures.reduce(0) { $0 + $1.width }, height: height, pixels: pixels).write(to: file)
        return file
    }

    /// Writes a portrait, shrunk so that it is quick to read.
    @discardableResult func small(_ portrait: String, as name: String, height: Int = 400) throws -> URL {
        try group(name, of: [portrait], height: height)
    }

    /// The permissions of a file, such as 0o600.
    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return attributes[.posixPermissions] as? Int ?? 0
    }
}

/// Returns the rows of comma-separated values. Fields must not contain line ends.
func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
        var fields: [String] = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
