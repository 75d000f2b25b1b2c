import Foundation
import TestSupport
import Testing

@Suite("Measurements with missing pictures", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct MeasuringTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (number, name) in ["obama.jpg", "obama2.jpg", "biden.jpg"].enumerated() {
            try folder.small(name, as: "in/\(number).png")
        }
        try folder.file("in/broken.png")
        let rows = "0.png,1.png,1\n0.png,2.png,0\n1.png,2.png,0\n"
        try folder.file("pairs.csv", Data("image_a,image_b,same\n\(rows)".utf8))
        try folder.file(
            "some.csv", Data("image_a,image_b,same\n\(rows)0.png,broken.png,1\n1.png,gone.png,1\n".utf8))
        let unread = "3.png,o,1\n4.png,b,2\n5.png,a,2\n6.png,a,2\nbroken.png,b,2\ngone.png,b,2\n"
        try folder.file(
            "somepeople.csv", Data("file,identity,age\n0.png,o,1\n1.png,o,1\n2.png,b,2\n\(unread)".utf8))
        try folder.file(
            "somelabels.csv", Data("file,identity,age\n0.png,o,1\n1.png,o,1\n2.png,b,2\n\(unread)".utf8))
        try folder.file(
            "sometemplates.csv",
            Data("template,file,identity\n1,0.png,o\n2,1.png,o\n3,2.png,b\n3,broken.png,b\n3,gone.png,b\n".utf8))
        try folder.file("none.csv", Data("image_a,image_b,same\nx.png,y.png,1\nx.png,broken.png,0\n".utf8))
        try folder.file("people.csv", Data("file,identity\n0.png,o\n1.png,o\n2.png,b\nbroken.png,b\n".utf8))
        try folder.file("labels.csv", Data("file,identity,age\n0.png,o,1\n1.png,o,1\n2.png,b,2\nbroken.png,b,2\n".utf8))
        try folder.file("templates.csv", Data("template,file,identity\n1,0.png,o\n2,1.png,o\n3,2.png,b\n".utf8))
        try folder.file("templatepairs.csv", Data("template_a,template_b\n1,2\n1,3\n".utf8))
    }

    private static let commands = [
        "pairs --pairs pairs.csv", "curves --pairs pairs.csv --kind blur=3", "all-pairs --people people.csv",
        "identify --people people.csv", "classify --people people.csv --seeds 1",
        "groups --list labels.csv --label age --bootstrap 0",
        "templates --templates templates.csv --pairs templatepairs.csv", "resampling --people people.csv",
        "thresholds --people people.csv", "decisions --people people.csv", "explanations --pairs pairs.csv",
        "detectors",
    ]

    @Test("A missing folder of pictures: status 66", arguments: commands)
    func missingFolder(command: String) throws {
        let outcome = try shell("\"$LIKENESS\" evaluate \(command) --images nowhere", in: folder)
        #expect(outcome.status == 66, "\(outcome.errors)")
        #expect(outcome.errors.contains("there is no folder at nowhere"))
        #expect(outcome.output.isEmpty)
    }

    @Test(
        "Only unreadable pictures: status 65, with the first reason",
        arguments: commands.filter { !$0.hasPrefix("explanations") })
    func nothing(command: String) throws {
        for number in 0..<3 { try folder.file("bad/\(number).png") }
        try folder.file("bad/broken.png")
        let cache = command == "detectors" ? "" : " --no-cache"
        let outcome = try shell("\"$LIKENESS\" evaluate \(command) --images bad\(cache)", in: folder)
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains("could be used") && outcome.errors.contains("empty"), "\(outcome.errors)")
    }

    /// Commands with several pictures, of which one is damaged and one is missing.
    private static let partial = [
        "pairs --pairs some.csv", "curves --pairs more.csv --kind blur=3 --fmr 0.5",
        "all-pairs --people somepeople.csv",
        "identify --people somepeople.csv", "classify --people somepeople.csv --seeds 1",
        "groups --list somelabels.csv --label age --bootstrap 0 --threshold 0.4",
        "templates --templates sometemplates.csv --pairs templatepairs.csv",
        "resampling --people somepeople.csv --protocol self-consistency",
        "thresholds --people somepeople.csv",
        "explanations --pairs some.csv --count 4", "detectors --timed 0",
    ]

    @Test("Unreadable pictures are named, counted and left out of the figures: status 3", arguments: partial)
    func some(command: String) throws {
        for (name, person) in [("obama3.jpg", "3"), ("biden.jpg", "4"), ("astronaut.png", "5"), ("astronaut.png", "6")]
        {
            try folder.small(name, as: "in/\(person).png", height: person == "5" ? 400 : 320)
        }
        let strangers = [(0, 2), (1, 2), (3, 4), (0, 5), (1, 5), (3, 6)].map { "\($0).png,\($1).png,0\n" }.joined()
        try folder.file(
            "more.csv",
            Data("image_a,image_b,same\n0.png,1.png,1\n3.png,gone.png,1\nbroken.png,4.png,1\n\(strangers)".utf8))
        let isFolder = command.hasPrefix("detectors"), isMated = command.hasPrefix("explanations")
        let cache = isFolder || isMated ? "" : " --no-cache"
        let outcome = try shell("\"$LIKENESS\" evaluate \(command) --images in\(cache) --format json", in: folder)
        #expect(outcome.status == 3, "\(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.contains("broken.png: the file is empty"), "\(outcome.errors)")
        #expect(outcome.errors.contains("could not be read and were left out"))
        let record = try JSON.object(outcome.json())
        let missing = isFolder ? ["broken.png"] : ["broken.png", "gone.png"]
        if command.hasPrefix("thresholds") {
            #expect((record["conditions"] as? String)?.contains("2 of these unreadable") == true)
            return
        }
        let named = try JSON.objects(record[isFolder ? "failures" : "unreadable"])
        #expect(
            Set(named.compactMap { ($0["image"] as? String).map { URL(filePath: $0).lastPathComponent } })
                == Set(missing))
        if !isFolder { #expect(record["unreadableImages"] as? Double == 2) }
        if command.hasPrefix("pairs") {
            #expect(record["pairs"] as? Double == 3 && record["leftOutPairs"] as? Double == 2)
            #expect(record["failedMatedPairs"] as? Double == 0 && record["failedImpostorPairs"] as? Double == 0)
            #expect(record["failedImages"] as? Double == 2)
        }
        if command.hasPrefix("identify") { #expect(record["probeImages"] as? Double == 4) }
    }

    @Test("A picture without a face stays in the figures and is not a failure")
    func withoutFace() throws {
        try folder.blank("in/blank.png")
        try folder.file(
            "faceless.csv", Data("image_a,image_b,same\n0.png,1.png,1\n0.png,2.png,0\n0.png,blank.png,1\n".utf8))
        let outcome = try shell(
            "\"$LIKENESS\" evaluate pairs --pairs faceless.csv --images in --no-cache --format json", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(record["pairs"] as? Double == 3 && record["failedMatedPairs"] as? Double == 1)
        #expect(record["unreadableImages"] as? Double == 0 && record["unreadable"] == nil)
    }

    @Test(
        "A damaged cache is created again and reported, and the figures stay the same",
        arguments: [
            "printf 'this is no database' > c/likeness/embeddings.sqlite",
            "truncate -s 5000 c/likeness/embeddings.sqlite",
            "dd if=/dev/urandom of=c/likeness/embeddings.sqlite bs=4096 seek=1 count=1 conv=notrunc 2>/dev/null",
            "python3 -c \"import sqlite3; d = sqlite3.connect('c/likeness/embeddings.sqlite'); d.execute('UPDATE embedding SET vector = zeroblob(512)'); d.commit()\"",
            "python3 -c \"import sqlite3; d = sqlite3.connect('c/likeness/embeddings.sqlite'); d.execute('UPDATE embedding SET vector = 5, faceCount = 1'); d.commit()\"",
            "python3 -c \"import sqlite3; d = sqlite3.connect('c/likeness/embeddings.sqlite'); d.execute('DROP TABLE embedding'); d.commit()\"",
        ])
    func damagedCache(damage: String) throws {
        let run = "\"$LIKENESS\" evaluate pairs --pairs pairs.csv --images in --format json"
        let environment = ["XDG_CACHE_HOME": folder.path("c")]
        let first = try shell(run, in: folder, environment: environment)
        #expect(first.status == 0, "\(first.errors)")
        // Merges the log into the file first.
        _ = try shell(
            "python3 -c \"import sqlite3; sqlite3.connect('c/likeness/embeddings.sqlite').execute('PRAGMA wal_checkpoint(TRUNCATE)')\"; rm -f c/likeness/*-wal c/likeness/*-shm; \(damage)",
            in: folder)
        for _ in 0..<2 {
            let again = try shell(run, in: folder, environment: environment)
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output == first.output)
        }
    }

    @Test("If the cache can't be created, the command works without it and reports it")
    func noCache() throws {
        let outcome = try shell(
            "\"$LIKENESS\" evaluate pairs --pairs pairs.csv --images in --format json", in: folder,
            environment: ["XDG_CACHE_HOME": "/proc/nothing"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("pictures are embedded again"))
    }

    @Test("A generator that leaves a mask reports this, with the mask's probability and the size of the change")
    func maskStays() throws {
        try folder.small("obama.jpg", as: "bare/obama.png")
        let masked = try shell("\"$LIKENESS\" augment bare --masks --kind n95 --coverage full --to masked", in: folder)
        #expect(masked.status == 0, "\(masked.errors)")
        let outcome = try shell("\"$LIKENESS\" augment masked --gan unmask --to out --format json", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let altered = try JSON.objects(try #require(try JSON.objects(outcome.json()).first?["altered"]))
        let effect = try #require(try JSON.objects(try #require(altered.first?["generated"])).first)
        let before = try #require(effect["maskProbabilityBefore"] as? Double)
        let after = try #require(effect["maskProbabilityAfter"] as? Double)
        let change = try #require(effect["lowerFaceChange"] as? Double)
        #expect((0...1).contains(before) && (0...1).contains(after) && (0...1).contains(change))
        let steps = try #require(altered.first?["steps"] as? [any Sendable]).compactMap { $0 as? String }
        #expect(steps.contains("the mask stays") == (after >= 0.5))
        #expect(outcome.errors.contains("the mask stays") == (after >= 0.5))
    }
}
