import Augmentation
import Faces
import Foundation
import LikenessSupport
import Pixels
import TestSupport
import Testing

/// Returns a picture with details: colored waves.
private func waves(_ side: Int = 96) -> Image {
    Image(
        width: side, height: side,
        pixels: (0..<side * side).flatMap { index -> [UInt8] in
            let x = Double(index % side), y = Double(index / side)
            return [sin(x / 5), cos(y / 7), sin((x + y) / 9)].map { UInt8(128 + 90 * $0) }
        })
}

private func altered(
    _ kind: AugmentationPolicy.Kind, _ strength: Float?, _ image: Image = waves(), seed: UInt64 = 1
) throws -> Image {
    let step = AugmentationPolicy.Step(kind, probability: 1, range: strength.map { Span($0, $0) })
    return try AugmentationPolicy([step]).plan(seed: seed).applied(to: image, faces: []).image
}

private func mean(_ image: Image) -> Double {
    image.pixels.reduce(0.0) { $0 + Double($1) } / Double(image.pixels.count)
}

/// Returns the mean squared difference of neighbors in a row.
private func roughness(_ image: Image) -> Double {
    var sum = 0.0
    for index in 3..<image.pixels.count where index % (image.width * 3) >= 3 {
        let step = Double(image.pixels[index]) - Double(image.pixels[index - 3])
        sum += step * step
    }
    return sum / Double(image.pixels.count)
}

private func difference(_ a: Image, _ b: Image) -> Double {
    zip(a.pixels, b.pixels).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(a.pixels.count)
}

@Suite("Single alterations")
struct AlterationTests {
    @Test("Mirroring, and strengths of 1 and 0 that change nothing")
    func neutral() throws {
        let image = waves()
        #expect(try altered(.flip, nil) == image.mirrored())
        for (kind, strength) in [
            (AugmentationPolicy.Kind.rotation, Float(0)), (.scale, 1), (.shift, 0), (.brightness, 1), (.contrast, 1),
            (.saturation, 1), (.hue, 0), (.motion, 1), (.noise, 0), (.pixelation, 1), (.posterization, 256),
        ] {
            #expect(try altered(kind, strength) == image, "\(kind)")
        }
    }

    @Test("Rotation is clockwise about the middle, scale enlarges, and the landmarks follow")
    func geometry() throws {
        var image = Image(width: 101, height: 101)
        image.draw([Point(x: 80, y: 50)], color: .white, radius: 4)
        func brightest(_ image: Image) -> (Int, Int) {
            let index = image.pixels.indices.max { image.pixels[$0] < image.pixels[$1] } ?? 0
            return (index / 3 % image.width, index / 3 / image.width)
        }
        let turned = brightest(try altered(.rotation, 90, image))
        #expect(abs(turned.0 - 50) <= 4 && abs(turned.1 - 80) <= 4)
        let grown = brightest(try altered(.scale, 1.5, image))
        #expect(abs(grown.0 - 95) <= 7 && abs(grown.1 - 50) <= 7)
        let face = landmarks(101)
        let policy = AugmentationPolicy([
            .init(.flip, probability: 1), .init(.rotation, probability: 1, range: Span(30, 30)),
        ])
        let moved = try policy.plan(seed: 2).applied(to: image, faces: [face]).landmarks[0]
        #expect(moved.leftEye.x < moved.rightEye.x)
        let lean = atan2(moved.rightEye.y - moved.leftEye.y, moved.rightEye.x - moved.leftEye.x) * 180 / .pi
        #expect(abs(lean + 30) < 1)
    }

    @Test("Tone changes mean, spread and colors as stated")
    func tone() throws {
        let image = waves()
        #expect(abs(mean(try altered(.brightness, 0.5)) / mean(image) - 0.5) < 0.02)
        let flat = try altered(.contrast, 0)
        #expect(Set(flat.pixels).count <= 2)
        let gray = try altered(.saturation, 0)
        for at in stride(from: 0, to: gray.pixels.count, by: 3) {
            #expect(abs(Int(gray.pixels[at]) - Int(image.luminance[at / 3])) <= 1)
            #expect(gray.pixels[at] == gray.pixels[at + 1] && gray.pixels[at] == gray.pixels[at + 2])
            if at > 300 { break }
        }
        let hue = try altered(.hue, 90)
        let before = image.luminance, after = hue.luminance
        #expect(difference(image, hue) > 20)
        #expect(zip(before, after).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) } / before.count < 12)
    }

    @Test("Blur, motion and downscaling remove detail and keep the mean; noise adds roughness")
    func sharpness() throws {
        let image = waves()
        for (kind, strength) in [(AugmentationPolicy.Kind.blur, Float(2)), (.motion, 9), (.downscale, 6)] {
            let result = try altered(kind, strength)
            #expect(roughness(result) < 0.95 * roughness(image), "\(kind)")
            #expect(abs(mean(result) - mean(image)) < 3, "\(kind)")
        }
        let noisy = try altered(.noise, 10)
        #expect(abs((roughness(noisy) - roughness(image)) / 200 - 1) < 0.15)
        #expect(noisy == (try altered(.noise, 10)))
        #expect(noisy != (try altered(.noise, 10, seed: 2)))
    }

    @Test("Pixelation makes squares of one color, also at the edges; posterization leaves as many levels as asked for")
    func fewColors() throws {
        let image = waves(), squares = try altered(.pixelation, 7)
        func color(_ x: Int, _ y: Int) -> ArraySlice<UInt8> { squares.pixels[(y * 96 + x) * 3..<(y * 96 + x) * 3 + 3] }
        for y in 0..<96 {
            for x in 0..<96 { #expect(color(x, y).elementsEqual(color(x / 7 * 7, y / 7 * 7))) }
        }
        #expect(abs(mean(squares) - mean(image)) < 1)
        for levels in [2, 3, 8] {
            let result = try altered(.posterization, Float(levels))
            let values = (0..<levels).map { UInt8((255 * Float($0) / Float(levels - 1)).rounded()) }
            #expect(Set(result.pixels).isSubset(of: values))
            #expect(difference(image, result) <= 255 / Double(levels - 1) / 2)
        }
    }

    @Test("A blur is a Gaussian: a point spreads to its deviation, a constant picture stays the same")
    func gaussian() throws {
        let plane = Image(width: 40, height: 30, color: Color(red: 200, green: 17, blue: 90))
        #expect(try altered(.blur, 3, plane) == plane)
        var point = Image(width: 41, height: 41)
        point.pixels[(20 * 41 + 20) * 3] = 255
        point.pixels[(20 * 41 + 21) * 3] = 255
        point.pixels[(21 * 41 + 20) * 3] = 255
        point.pixels[(21 * 41 + 21) * 3] = 255
        let reference = point.smoothed(sigma: 1.2), fast = try altered(.blur, 1.2, point)
        for (a, b) in zip(reference.pixels, fast.pixels) { #expect(abs(Int(a) - Int(b)) <= 2) }
    }

    @Test("Darkness removes light stop by stop and adds noise; JPEG loses more at low quality")
    func camera() throws {
        let gray = Image(width: 80, height: 80, color: Color(red: 188, green: 188, blue: 188))
        // 188 is half of full light in sRGB. One stop less is 137, four stops less are 50.
        #expect(abs(mean(try altered(.darkness, 1, gray)) - 137) < 1.5)
        let dark = try altered(.darkness, 4, gray)
        #expect(abs(mean(dark) - 50) < 2)
        #expect(roughness(dark) > 4)
        #expect(roughness(try altered(.darkness, 0, gray)) < roughness(dark))
        let image = waves()
        #expect(difference(try altered(.jpeg, 10), image) > 2 * difference(try altered(.jpeg, 95), image))
    }
}

@Suite("Policies")
struct PolicyTests {
    @Test("The standard policy is encoded and decoded; its plans depend only on the seed")
    func standard() throws {
        let policy = AugmentationPolicy.standard
        #expect(try JSONDecoder().decode(AugmentationPolicy.self, from: JSONEncoder().encode(policy)) == policy)
        for seed: UInt64 in 0..<8 {
            let (first, second) = (policy.plan(seed: seed), policy.plan(seed: seed))
            #expect(first.steps == second.steps)
            let image = skin(), face = [landmarks()]
            #expect(try first.applied(to: image, faces: face).image == second.applied(to: image, faces: face).image)
        }
        #expect(Set((0..<50).map { policy.plan(seed: $0).steps }).count > 40)
        #expect(AugmentationPolicy.none.plan(seed: 1).steps.isEmpty)
        let covering = AugmentationPolicy([
            .init(.mask, probability: 1), .init(.occluder, probability: 1), .init(.flip, probability: 1),
        ]).plan(seed: 1)
        #expect(covering.steps(onFaces: 2) == covering.steps && covering.steps.count == 2, "one cover, said once")
        #expect(covering.steps(onFaces: 0) == ["flip"])
    }

    @Test("Steps occur with their probability, and masks come from the given set")
    func often() {
        let plans = (0..<2000).map { AugmentationPolicy.standard.plan(seed: $0, covers: .testing) }
        let flips = plans.count { $0.isMirrored }, masks = plans.compactMap { $0.cover as? MaskStyle }
        #expect(abs(flips - 1000) < 100)
        #expect(abs(masks.count - 600) < 80)
        let designs = Set(MaskStyle.testing)
        #expect(masks.allSatisfy { designs.contains($0.worn(.full)) })
        #expect(Set(masks.map(\.coverage)).count == 3 && Set(masks.map(\.kind)).count == 4)
        #expect(CoverSet().plans == 0)
    }

    @Test("An aligned face is made by one warp, and equals plain alignment without alterations")
    func aligned() throws {
        let face = Face(box: Box(x: 40, y: 25, width: 80, height: 100), confidence: 1, landmarks: landmarks())
        for template in [AlignmentTemplate.arcface(size: 112), .box(size: 96, margin: 0)] {
            let plain = try AugmentationPolicy.none.plan(seed: 1).aligned(waves(160), face: face, to: template)
            #expect(plain == (try face.aligned(in: waves(160), to: template).image))
            let altered = try AugmentationPolicy.standard.plan(seed: 3).aligned(waves(160), face: face, to: template)
            #expect(altered.width == template.size && altered.height == template.size)
        }
    }

    @Test(
        "A policy's file that is wrong: the field is named",
        arguments: [
            (#"{"steps": [{"kind": "flipp", "probability": 1}]}"#, "steps.0.kind: 'flipp'"),
            (#"{"steps": [{"kind": "flip", "probability": 2}]}"#, "probability: 2.0"),
            (#"{"steps": [{"kind": "flip", "probability": 0.5, "range": [0, 1]}]}"#, "'flip' takes no range"),
            (#"{"steps": [{"kind": "flip", "probability": 0.5, "range": [2, 1]}]}"#, "'flip' takes no range"),
            (#"{"steps": [{"kind": "blur", "probability": 0.5, "range": [2, 1]}]}"#, "range: a range is two numbers"),
            (#"{"steps": [{"kind": "blur", "probability": 0.5, "range": [1, 99]}]}"#, "not within 0.1 to 20"),
            (#"{"steps": [{"kind": "blur", "probability": 0.5}]}"#, "needs a range within 0.1 to 20"),
            (#"{"steps": [], "seed": 7}"#, "seed"), (#"{"steps": [], "seed": 7}"#, "no such field"),
            (#"{"steps": [{"kind": "flip", "probability": 1, "strength": 2}]}"#, "kind, probability, range"),
            (#"{"steps": [{"kind": "jpeg", "probability": 0.5, "range": [0, 50]}]}"#, "within 1 to 100"),
            (#"{"steps": [{"kind": "flip", "probability": 1}, {"kind": "flip", "probability": 1}]}"#, "occurs twice"),
            (#"{"stages": []}"#, "steps"), ("[]", "policy"), ("", "policy"),
        ])
    func malformed(text: String, message: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("policy.json", Data(text.utf8))
        #expect { try AugmentationPolicy(contentsOf: file) } throws: { error in
            "\(error)".contains("policy.json") && "\(error)".contains(message)
        }
    }

    @Test("A missing policy file is an error")
    func missing() {
        #expect(throws: AugmentationError.unreadable("/no/policy.json")) {
            try AugmentationPolicy(contentsOf: URL(filePath: "/no/policy.json"))
        }
    }
}

extension CoverSet {
    /// The number of 100 plans that draw a cover.
    fileprivate var plans: Int {
        (0..<100).count { AugmentationPolicy.standard.plan(seed: $0, covers: self).cover != nil }
    }
}

@Suite("Contact sheets")
struct ContactSheetTests {
    @Test("Faces are shown at one size, whatever the picture's size, up to the limit")
    func sheet() throws {
        var sheet = ContactSheet(side: 50, columns: 3, limit: 5)
        #expect(sheet.image().width == 50)
        let large = Image(width: 1600, height: 1600, color: .red)
        sheet.add(large, at: landmarks(1600))
        for _ in 0..<9 { sheet.add(skin(), at: landmarks()) }
        #expect(sheet.count == 5)
        let image = sheet.image()
        #expect(image.width == 150 && image.height == 100)
        let middle = (25 * 150 + 25) * 3
        #expect(Array(image.pixels[middle..<middle + 3]) == [229, 57, 53])
        #expect(Array(image.pixels[(99 * 150 + 149) * 3..<150 * 100 * 3]) == [255, 255, 255])
    }
}
