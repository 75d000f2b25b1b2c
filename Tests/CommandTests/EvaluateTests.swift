import Foundation
import Pixels
import TestSupport
import Testing

@Suite("likeness evaluate", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct EvaluateTests {
    /// Mated pairs of one man and impostor pairs with two others; one picture is missing, one has no face.
    private static let pairs = """
        image_a,image_b,same,fold
        obama.jpg,obama2.jpg,1,0
        obama.jpg,biden.jpg,0,0
        obama3.jpg,obama2.jpg,1,1
        obama3.jpg,astronaut.png,0,1
        obama.jpg,obama3.jpg,1,2
        obama2.jpg,astronaut.png,0,2
        obama.jpg,missing.jpg,1,0
        missing.jpg,biden.jpg,0,1
        blank.png,biden.jpg,0,2

        """

    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "astronaut.png"] {
            try folder.copy(Fixtures.portrait(name), to: "pictures/\(name)")
        }
        try folder.blank("pictures/blank.png")
        try folder.file("pairs.csv", Data(Self.pairs.utf8))
        return folder
    }

    @Test("Pairs: the figures, failed pictures that never match, and a second run that uses the cache")
    func pairs() throws {
        let folder = try prepare()
        let arguments = [
            "evaluate", "pairs", "--pairs", folder.path("pairs.csv"), "--images", folder.path("pictures"), "--fmr",
            "0.8", "--fmr", "1e-3",
        ]
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
        let first = try Command.run(arguments + ["--format", "json"], environment: environment)
        #expect(first.status == 3, "one picture is missing: \(first.errors)")
        let report = try JSON.object(first.json())
        let expected: [String: JSON.Kind] = [
            "unreadable": .array, "leftOutPairs": .number, "accuracy": .object, "auc": .number, "eer": .number,
            "tar": .array, "refused": .array, "pairs": .number,
            "matedPairs": .number, "impostorPairs": .number, "failedImages": .number, "unreadableImages": .number,
            "failures": .array,
            "failedMatedPairs": .number, "failedImpostorPairs": .number, "folding": .text, "folds": .array,
            "level": .number, "histogram": .object, "model": .text, "detector": .text, "precision": .text,
            "enhancement": .text, "mirrored": .boolean, "face": .text, "atThresholds": .array, "card": .object,
        ]
        #expect(JSON.kinds(report) == expected)
        #expect(report["pairs"] as? Double == 7 && report["leftOutPairs"] as? Double == 2)
        #expect(report["failedImages"] as? Double == 2)
        #expect(report["failedMatedPairs"] as? Double == 0)
        #expect(report["failedImpostorPairs"] as? Double == 1)
        let accuracy = try JSON.object(report["accuracy"])
        #expect(JSON.kinds(accuracy) == ["mean": .number, "standardError": .number])
        // Pairs with the missing picture are left out; every other comparison is right.
        #expect(abs((accuracy["mean"] as? Double ?? 0) - 1) < 1e-9)
        let rate = try #require(try JSON.objects(report["tar"]).first)
        for field in ["fmr", "value", "low", "high"] { #expect(JSON.kind(of: try #require(rate[field])) == .number) }
        #expect(rate["value"] as? Double == 1, "three of three mated pairs")
        #expect(try JSON.objects(report["refused"]).map { $0["fmr"] as? Double } == [1e-3])
        #expect(try folder.mode("cache/likeness/embeddings.sqlite") == 0o600)

        // Cached embeddings are used without running the networks; equal bytes give equal figures.
        let second = try Command.run(arguments + ["--format", "json"], environment: environment)
        #expect(second.status == 3)
        #expect(second.output == first.output)
        let table = try Command.run(arguments, environment: environment)
        #expect(table.output.contains("\(Fixtures.defaultModel)@"))
        let csv = try Command.run(arguments + ["--format", "csv"], environment: environment)
        #expect(csv.status == 64)
    }

    @Test("Altered probes, also if the copy of a JPEG is a PNG, and the errors at a given threshold")
    func probes() throws {
        let folder = try prepare()
        try folder.file(
            "few.csv", Data("image_a,image_b,same,fold\nobama.jpg,obama2.jpg,1,0\nobama.jpg,biden.jpg,0,1\n".utf8))
        try Image(contentsOf: Fixtures.portrait("obama2.jpg")).write(to: folder.file("copies/obama2.png"))
        try folder.copy(Fixtures.portrait("biden.jpg"), to: "copies/biden.jpg")
        let outcome = try likeness(
            "evaluate", "pairs", "--pairs", folder.path("few.csv"), "--images", folder.path("pictures"),
            "--probe-images", folder.path("copies"), "--threshold", "0.4", "--fmr", "0.9", "--no-cache", "--quiet",
            "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try JSON.object(outcome.json())
        #expect(report["failedImages"] as? Double == 0)
        let errors = try #require(try JSON.objects(report["atThresholds"]).first)
        for rate in ["fmr", "fnmr"] {
            let counted = try JSON.object(errors[rate])
            #expect(counted["errors"] as? Double == 0 && counted["pairs"] as? Double == 1)
        }
        #expect(
            try JSON.kinds(JSON.object(report["card"])) == [
                "points": .array, "adaptive": .array, "probabilities": .array,
            ])
    }

    @Test("Thresholds of a short list: the card's figures")
    func thresholds() throws {
        let folder = try prepare()
        try folder.file(
            "people.csv",
            Data(
                """
                file,identity
                obama.jpg,Barack Obama
                obama2.jpg,Barack Obama
                obama3.jpg,Barack Obama
                biden.jpg,Joe Biden
                astronaut.png,Eileen Collins

                """.utf8))
        let outcome = try likeness(
            "evaluate", "thresholds", "--people", folder.path("people.csv"), "--images", folder.path("pictures"),
            "--no-cache", "--format", "json", environment: ["XDG_CACHE_HOME": folder.path("cache")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("the card is based on 3 people and can't support the default --fmr 0.001"))
        let figures = try JSON.object(outcome.json())
        #expect(figures["people"] as? Double == 3)
        #expect(figures["pictures"] as? Double == 5)
        #expect(figures["matedPairs"] as? Double == 3)
        #expect(figures["impostorPairs"] as? Double == 7)
        #expect(!FileManager.default.fileExists(atPath: folder.path("cache/likeness/embeddings.sqlite")))
        // A card measured on a thousand people is not replaced by figures of three, which support no rate at all.
        let card = try folder.file(
            "card.json", Data(contentsOf: Fixtures.model(Fixtures.defaultModel, "card.json")))
        let before = try Data(contentsOf: card)
        for flags in [[], ["--accept-weaker"]] {
            let outcome = try Command.run(
                [
                    "evaluate", "thresholds", "--people", folder.path("people.csv"), "--images",
                    folder.path("pictures"), "--no-cache", "--card", card.path,
                ] + flags, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect(outcome.errors.contains("the new measurement supports no false match rate"))
            #expect(try Data(contentsOf: card) == before)
        }
    }

    @Test("A calibration needs enough people for two halves, and known mask probabilities")
    func decisions() throws {
        let folder = try TemporaryFolder()
        for name in ["obama", "obama2", "obama3"] {
            try folder.copy(Fixtures.portrait("\(name).jpg"), to: "people/obama/\(name).jpg")
        }
        try folder.copy(Fixtures.portrait("biden.jpg"), to: "people/biden/biden.jpg")
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
        let command = ["calibrate", "--model", "sface", "--images", folder.path("people"), "--quiet"]
        let few = try Command.run(command, environment: environment)
        #expect(few.status == 65 && few.errors.contains("faces were found of only 2 people"), "\(few.errors)")
        let blind = try Command.run(command + ["--no-masks"], environment: environment)
        #expect(blind.status == 64 && blind.errors.contains("--no-masks"))
        let nowhere = try Command.run(command + ["--children", folder.path("nowhere.csv")], environment: environment)
        #expect(nowhere.status == 66 && nowhere.errors.contains("nowhere"), "\(nowhere.errors)")
        let none = try Command.run(command + ["--altered", "0"], environment: environment)
        #expect(none.status == 64)
        let held = ["evaluate", "decisions", "--images", folder.path("people"), "--quiet"]
        let rate = try Command.run(held + ["--fmr", "2"], environment: environment)
        #expect(rate.status == 64)
    }

    @Test("Folders of people: all pairs, and identification with strangers")
    func folders() throws {
        let folder = try TemporaryFolder()
        for name in ["obama", "obama2", "obama3"] {
            try folder.copy(Fixtures.portrait("\(name).jpg"), to: "people/obama/\(name).jpg")
        }
        try folder.copy(Fixtures.portrait("biden.jpg"), to: "people/biden/biden.jpg")
        try folder.blank("people/biden/blank.png")
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
        let pairs = try likeness(
            "evaluate", "all-pairs", "--images", folder.path("people"), "--quiet", "--format", "json",
            environment: environment)
        #expect(pairs.status == 0, "\(pairs.errors)")
        let all = try JSON.object(pairs.json())
        #expect(all["failedImages"] as? Double == 1 && all["auc"] as? Double == 1 && all["eer"] as? Double == 0)
        let calibration = try JSON.object(all["calibration"])
        #expect(calibration["matedPairs"] as? Double == 3 && calibration["impostorPairs"] as? Double == 3)
        let identify = [
            "evaluate", "identify", "--images", folder.path("people"), "--quiet", "--enrolled", "2", "--small",
        ]
        let outcome = try Command.run(identify + ["--format", "json"], environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try JSON.object(outcome.json())
        #expect(report["enrolledPeople"] as? Double == 1 && report["strangers"] as? Double == 1)
        #expect(report["galleryImages"] as? Double == 2 && report["probeImages"] as? Double == 3)
        let ranks = try JSON.objects(JSON.object(report["closedSet"])["cumulativeMatches"])
        #expect(ranks.map { $0["value"] as? Double } == [1])
        #expect((report["refused"] as? [Any])?.count == 2, "two searches support no FPIR of 0.01")
        let csv = try Command.run(identify + ["--format", "csv"], environment: environment)
        #expect(rows(csv.output).first == ["rank", "rate", "low", "high"] && rows(csv.output).count == 2)
        let bad = try Command.run(identify + ["--strangers", "1"], environment: environment)
        #expect(bad.status == 64)
    }

    @Test("Detectors: the figures of each, and an unreadable picture")
    func detectors() throws {
        let folder = try TemporaryFolder()
        try folder.file("pictures/more/bad.jpg", Data("no picture".utf8))
        try folder.small("obama.jpg", as: "pictures/more/obama.png")
        try folder.small("biden.jpg", as: "pictures/biden.png")
        try folder.blank("pictures/blank.png")
        let arguments = [
            "evaluate", "detectors", "--images", folder.path("pictures"), "--timed", "1", "--size", "128x96", "--quiet",
        ]
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path]
        let outcome = try Command.run(arguments + ["--format", "json"], environment: environment)
        #expect(outcome.status == 3, "one picture is none: \(outcome.errors)")
        let report = try JSON.object(outcome.json())
        let expected: [String: JSON.Kind] = [
            "detectors": .array, "pictures": .number, "overlap": .number, "enhancement": .text,
            "failedImages": .number, "failures": .array,
        ]
        #expect(JSON.kinds(report) == expected)
        #expect(report["pictures"] as? Double == 3 && report["failedImages"] as? Double == 1)
        let detectors = try JSON.objects(report["detectors"])
        #expect(
            detectors.compactMap { $0["detector"] as? String } == ["yunet", "yunet-trained", "mtcnn", "retinaface"])
        for detector in detectors {
            #expect(detector["picturesWithoutFace"] as? Double == 1, "the blank one")
            #expect((detector["boxes"] as? Double ?? 0) >= 2)
            let times = try JSON.objects(detector["milliseconds"])
            #expect(times.map { $0["width"] as? Double } == [128])
            #expect(times.allSatisfy { ($0["median"] as? Double ?? 0) > 0 })
        }
        let csv = try Command.run(
            arguments + ["--format", "csv", "--count", "2", "--timed", "0"], environment: environment)
        #expect(
            rows(csv.output).first == ["detector", "precision", "no face", "boxes", "unconfirmed", "missed"])
        #expect(rows(csv.output).count == 5)
    }

    @Test("Missing folders, and invalid sizes")
    func detectorsFailures() throws {
        let folder = try TemporaryFolder()
        func run(_ images: String, _ more: String...) throws -> Int32 {
            try Command.run(["evaluate", "detectors", "--images", folder.path(images)] + more).status
        }
        #expect(try run("missing") == 66)
        #expect(try run(".") == 66)
        #expect(try run(".", "--size", "640") == 64)
        #expect(try run(".", "--size", "8x480") == 64)
        #expect(try run(".", "--count", "0") == 64)
    }

    @Test("Missing and damaged lists, and meaningless measurements")
    func failures() throws {
        let folder = try TemporaryFolder()
        try folder.file("bad.csv", Data("image_a,image_b,same\na.jpg,b.jpg,perhaps\n".utf8))
        func run(_ list: String, _ more: String...) throws -> Command.Outcome {
            try Command.run(
                ["evaluate", "pairs", "--pairs", folder.path(list), "--images", folder.url.path] + more,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        }
        let missing = try run("missing.csv")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("missing.csv"))
        let bad = try run("bad.csv")
        #expect(bad.status == 65)
        #expect(bad.errors.contains("perhaps") || bad.errors.contains("line 2"))
        #expect(try run("bad.csv", "--fmr", "2").status == 64)
        #expect(try run("bad.csv", "--face", "all").status == 64)
    }
}
