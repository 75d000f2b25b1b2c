import Foundation
import Pixels
import TestSupport
import Testing

@Suite("Small and turned faces", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct SmallFaceTests {
    /// Writes a picture of 640 × 480 pixels with a face of about 36 pixels and three of about 6 to 14 pixels.
    private func crowd(_ name: String, in folder: TemporaryFolder) throws -> String {
        var image = Image(width: 640, height: 480, color: Color(red: 90, green: 90, blue: 90)), left = 10
        let heights = [("obama.jpg", 150), ("biden.jpg", 50), ("obama2.jpg", 50), ("obama3.jpg", 50)]
        for (portrait, height) in heights {
            let whole = try Image(contentsOf: Fixtures.portrait(portrait))
            let part = whole.resized(width: whole.width * height / whole.height, height: height), row = part.width * 3
            for y in 0..<height {
                let start = ((40 + y) * image.width + left) * 3
                image.pixels.replaceSubrange(start..<start + row, with: part.pixels[y * row..<(y + 1) * row])
            }
            left += part.width + 10
        }
        let file = try folder.file(name)
        try image.write(to: file)
        return file.path
    }

    /// Writes a portrait turned clockwise by an angle of 0, 90, 180 or 270 degrees.
    private func turned(_ portrait: String, by angle: Int, in folder: TemporaryFolder) throws -> String {
        let small = try folder.small(portrait, as: "upright-\(portrait).png")
        let orientations: [Int: Orientation] = [90: .right, 180: .down, 270: .left]
        guard let orientation = orientations[angle] else { return small.path }
        let file = try folder.file("\(angle)-\(portrait).png")
        try Image(contentsOf: small).oriented(orientation).write(to: file)
        return file.path
    }

    private func faces(_ arguments: String...) throws -> [[String: any Sendable]] {
        let outcome = try Command.run(
            ["detect", "--format", "json", "--quiet"] + arguments,
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSON.objects(try #require(try JSON.objects(outcome.json()).first)["faces"])
    }

    private func kinds(_ faces: [[String: any Sendable]]) throws -> [String] {
        try faces.compactMap { try $0["look"].map { try JSON.object($0)["kind"] as? String } ?? nil }
    }

    @Test("A picture with small faces is searched in parts, unless --smallest is off or a single face is wanted")
    func smallest() throws {
        let folder = try TemporaryFolder(), picture = try crowd("crowd.png", in: folder)
        let once = try faces(picture, "--smallest", "off"), usual = try faces(picture)
        #expect(once.count >= 1 && once.allSatisfy { $0["look"] == nil })
        #expect(usual.count > once.count && usual.count <= 4)
        let looks = try kinds(usual)
        #expect(looks.allSatisfy { $0 == "tile" } && looks.count == usual.count - once.count)
        #expect(try faces(picture, "--smallest", "auto").count == usual.count)
        #expect(try faces(picture, "--smallest", "12").count >= usual.count)
        #expect(try faces(picture, "--thorough").count >= usual.count)
        #expect(try faces(picture, "--face", "largest").count == 1)
    }

    @Test("A portrait has the same face with and without a search of its parts")
    func portrait() throws {
        let folder = try TemporaryFolder(), file = try folder.small("obama.jpg", as: "a.png").path
        let usual = try faces(file), off = try faces(file, "--smallest", "off")
        try #require(usual.count == 1 && off.count == 1)
        for key in ["x", "y", "width", "height"] {
            let sides = try [usual, off].map { try JSON.object($0[0]["box"])[key] as? Double }
            #expect(sides[0] == sides[1])
        }
    }

    @Test(
        "Values of --smallest that are not a size, and --smallest off beside --thorough, are refused",
        arguments: ["--smallest 11", "--smallest 0", "--smallest -1", "--smallest 12.5", "--smallest big"]
            + ["--smallest off --thorough", "--smallest", "--smallest auto --smallest"])
    func refused(options: String) throws {
        let more = options.split(separator: " ").map(String.init)
        #expect(try Command.run(["detect", Fixtures.portrait("obama.jpg").path] + more).status == 64)
    }

    @Test("evaluate detectors refuses the same values", arguments: ["--smallest 5", "--smallest off --thorough"])
    func refusedMeasurement(options: String) throws {
        let arguments = ["evaluate", "detectors", "--images", "."] + options.split(separator: " ").map(String.init)
        #expect(try Command.run(arguments).status == 64)
    }

    @Test("Every detector searches parts", arguments: ["mtcnn", "retinaface"])
    func detectors(name: String) throws {
        let folder = try TemporaryFolder(), picture = try crowd("crowd.png", in: folder)
        let once = try faces(picture, "--detector", name, "--smallest", "off")
        let finer = try faces(picture, "--detector", name, "--smallest", "12")
        #expect(finer.count > once.count, "\(once.count) and \(finer.count)")
        for face in finer where face["look"] != nil {
            #expect(try JSON.object(face["look"])["detector"] as? String == name)
        }
    }

    @Test("evaluate detectors --boxes: the share of the marked faces that each detector finds, in each kind of search")
    func boxes() throws {
        let folder = try TemporaryFolder()
        let picture = try crowd("pictures/crowd.png", in: folder)
        let marked = try faces(picture, "--smallest", "12")
        var list = "image,xmin,ymin,xmax,ymax\n"
        for face in marked {
            let box = try JSON.object(face["box"])
            let edges = try ["x", "y", "width", "height"].map { try #require(box[$0] as? Double) }
            list += "crowd.png,\(edges[0]),\(edges[1]),\(edges[0] + edges[2]),\(edges[1] + edges[3])\n"
        }
        try folder.file("boxes.csv", Data(list.utf8))
        func found(_ options: String...) throws -> Double {
            let outcome = try Command.run(
                [
                    "evaluate", "detectors", "--images", folder.path("pictures"), "--boxes", folder.path("boxes.csv"),
                    "--timed", "0", "--quiet", "--format", "json", "--detector", "yunet", "--detector", "retinaface",
                ] + options, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try JSON.object(outcome.json())
            let detectors = try JSON.objects(report["detectors"])
            #expect(detectors.map { $0["detector"] as? String } == ["yunet", "retinaface"])
            let points = try JSON.objects(detectors.first?["marked"])
            #expect(points.allSatisfy { ($0["faces"] as? Double ?? 99) <= Double(marked.count) })
            return try #require(points.first?["found"] as? Double)
        }
        #expect(try found("--smallest", "12") == Double(marked.count))
        #expect(try found("--thorough") == Double(marked.count))
        let once = try found()
        let off = try found("--smallest", "off")
        #expect(once < Double(marked.count) && once == off)
    }

    @Test("Damaged lists of boxes are refused, with the lines; a missing picture is one that can't be read")
    func badBoxes() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "pictures/a.png")
        func run(_ list: String) throws -> Command.Outcome {
            try folder.file("boxes.csv", Data(list.utf8))
            return try Command.run(
                [
                    "evaluate", "detectors", "--images", folder.path("pictures"), "--boxes", folder.path("boxes.csv"),
                    "--timed", "0", "--quiet", "--detector", "yunet", "--detector", "retinaface",
                ], environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        }
        for bad in ["", "image,xmin\n", "image,xmin,ymin,xmax,ymax\n", "image,xmin,ymin,xmax,ymax\na.png,1,2,x,4\n"] {
            #expect(try run(bad).status == 65, "\(bad)")
        }
        #expect(try run("image,xmin,ymin,xmax,ymax\na.png,5,5,1,9\n").errors.contains("2"))
        let missing = try run("image,xmin,ymin,xmax,ymax\na.png,1,2,30,40\nmissing.png,1,2,30,40\n")
        #expect(missing.status == 3)
    }

    @Test("A face on its side or on its head: detect says by how much, in text and JSON", arguments: [0, 90, 180, 270])
    func detectTurned(angle: Int) throws {
        let folder = try TemporaryFolder(), picture = try turned("obama.jpg", by: angle, in: folder)
        let found = try faces(picture)
        try #require(found.count == 1)
        let look = try found[0]["look"].map { try JSON.object($0) }
        #expect((look?["turned"] as? Double ?? 0) == Double(angle))
        let points = try JSON.object(found[0]["landmarks"])
        func point(_ name: String) throws -> (x: Double, y: Double) {
            let point = try JSON.object(points[name])
            return (try #require(point["x"] as? Double), try #require(point["y"] as? Double))
        }
        let (left, right) = (try point("leftEye"), try point("rightEye"))
        let roll = atan2(right.y - left.y, right.x - left.x) * 180 / .pi
        #expect(abs((roll - Double(angle)).remainder(dividingBy: 360)) < 15, "\(roll)")
        let table = try likeness("detect", picture, "--format", "csv", "--quiet")
        let lines = rows(table.output)
        let column = try #require(lines.first?.firstIndex(of: "turned"))
        #expect(lines.dropFirst().map { $0[column] } == ["\(angle)"])
    }

    @Test(
        "A turned face is where the upright one is, in pictures of every size",
        arguments: ["astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg"],
        [300, 640, 641, 900, 1300, 2600])
    func turnedPlace(portrait: String, side: Int) throws {
        let folder = try TemporaryFolder(), whole = try Image(contentsOf: Fixtures.portrait(portrait))
        let scale = Double(side) / Double(max(whole.width, whole.height))
        let width = Int(Double(whole.width) * scale), height = Int(Double(whole.height) * scale)
        let image = whole.resized(width: width, height: height)
        let upright = try folder.file("upright.png")
        try image.write(to: upright)
        func box(_ file: URL) throws -> (x: Double, y: Double, width: Double, height: Double) {
            let found = try faces(file.path, "--face", "largest")
            try #require(found.count == 1)
            let box = try JSON.object(found[0]["box"])
            let sides = try ["x", "y", "width", "height"].map { try #require(box[$0] as? Double) }
            return (sides[0] + sides[2] / 2, sides[1] + sides[3] / 2, sides[2], sides[3])
        }
        let there = try box(upright)
        for (orientation, center) in [
            (Orientation.right, (Double(height) - there.y, there.x)),
            (.down, (Double(width) - there.x, Double(height) - there.y)),
            (.left, (there.y, Double(width) - there.x)),
        ] {
            let file = try folder.file("turned.png")
            try image.oriented(orientation).write(to: file)
            let found = try box(file), message = "\(portrait), \(side), \(orientation): \(found), not \(center)"
            let tolerance = 0.15 * there.width
            #expect(abs(found.x - center.0) < tolerance && abs(found.y - center.1) < tolerance, "\(message)")
            let sides = orientation == .down ? (there.width, there.height) : (there.height, there.width)
            #expect(abs(found.width / sides.0 - 1) < 0.2 && abs(found.height / sides.1 - 1) < 0.2, "\(message)")
        }
    }

    @Test("A turned face is compared, enrolled and identified as if it were upright", arguments: [90, 180, 270])
    func compareTurned(angle: Int) throws {
        let folder = try TemporaryFolder(), picture = try turned("obama2.jpg", by: angle, in: folder)
        let upright = try turned("obama.jpg", by: 0, in: folder)
        let verified = try likeness("verify", upright, picture, "--threshold", threshold)
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains("turned clockwise by \(angle) degrees"))
        let enrolled = try likeness(
            "enroll", "--store", folder.path("a.sqlite"), "Barack", picture, "--format", "json", "--quiet")
        #expect(enrolled.status == 0, "\(enrolled.output)")
        let record = try #require(try JSON.objects(enrolled.json()).first)
        #expect(try JSON.object(record["look"])["turned"] as? Double == Double(angle))
        let identified = try likeness(
            "identify", "--store", folder.path("a.sqlite"), upright, picture, "--threshold", threshold, "--quiet",
            "--format", "csv")
        #expect(identified.status == 0)
        let lines = rows(identified.output)
        let header = try #require(lines.first)
        let (name, turn) = (
            try #require(header.firstIndex(of: "identity")), try #require(header.firstIndex(of: "turned"))
        )
        #expect(lines.dropFirst().map { $0[name] } == ["Barack", "Barack"])
        #expect(lines.dropFirst().map { $0[turn] } == ["0", "\(angle)"])
    }

    @Test(
        "No shape of picture stops a thorough search",
        arguments: [(1, 20_000), (20_000, 1), (3, 3), (2, 900), (1279, 1281)])
    func shapes(size: (Int, Int)) throws {
        let folder = try TemporaryFolder(), file = try folder.file("a.png")
        try Image(width: size.0, height: size.1, color: Color(red: 90, green: 120, blue: 150)).write(to: file)
        for option in [["--thorough"], ["--smallest", "12"], []] {
            let outcome = try Command.run(
                ["detect", file.path, "--format", "json", "--quiet"] + option,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }
}
