import Detectors
import Faces
import Pixels

/// The looks at a picture: one at the whole picture, one at its tiles if it shows small faces or if they are wanted, and
/// further looks if no face is found.
struct LookSequence: Sendable {
    /// A look at the whole picture.
    private enum Step {
        case plain, turned, detector, gamma, companion, clahe
    }

    /// The looks in their order. All but the first are taken only if nothing was found before, or if the search is
    /// thorough.
    private let steps: [Step]
    let finer: FinerLook?
    let isThorough: Bool
    let detector: any FaceDetector
    let other: LazyDetector?
    let companion: LazyDetector?

    /// Creates the sequence for a configuration.
    ///
    /// - Parameters:
    ///   - configuration: The enhancement, and how thoroughly pictures are searched.
    ///   - detector: The detector.
    ///   - other: The detector of the look at the picture with CLAHE; `nil` if there is none.
    ///   - companion: A detector for faces that `detector` misses: small ones, and those in extreme light; `nil` if
    ///     there is none.
    init(
        _ configuration: FaceFinderConfiguration, detector: any FaceDetector, other: LazyDetector? = nil,
        companion: LazyDetector? = nil
    ) {
        steps =
            switch configuration.enhancement {
            case .auto: Self.order
            case .off: [.plain]
            case .clahe: [.clahe]
            }
        finer = FinerLook(configuration, by: detector)
        isThorough = configuration.isThorough
        (self.detector, self.other, self.companion) = (detector, other, companion)
    }

    /// The order of the looks. Turning comes first because the others find faces that lie on their side with wrong
    /// landmarks. The other detector comes before the looks of the same one because its landmarks in extreme light are
    /// right twice as often. The companion comes after gamma, because people are recognized better in a dark picture that
    /// is brightened.
    private static let order: [Step] = [.plain, .turned, .detector, .gamma, .companion, .clahe]

    /// Returns the faces of `picture`. If none are found, returns the picture as it is.
    ///
    /// - Parameter selection: The faces that are wanted; others may be left out.
    func faces(in picture: SeenPicture, for selection: FaceSelection) async throws -> LookResult {
        let image = picture.overview.image
        // Memory that depends on the picture's size: two altered copies, the luminance, and the detector's reduced
        // copy and sums.
        let pixels = image.width * image.height
        let looked = detector.longestSide.map { min($0 * $0, pixels) } ?? pixels
        try Memory.check(pixels * 9 + looked * Self.detectorBytes + Self.detectorMemory)
        var result = LookResult(picture: picture.overview, detector: detector.name)
        for (index, step) in steps.enumerated() {
            if result.faces.isEmpty {
                try await look(step, for: selection, into: &result)
            } else if isThorough {
                try await lookAgain(step, into: &result)
            } else if step == .turned, isDoubtful(result) {
                try await checkTurned(&result)
            }
            if index == 0, let finer, finer.isWorthwhile(after: result.faces, in: picture, by: detector, for: selection)
            {
                try await lookCloser(at: picture, finer.search, into: &result)
            }
        }
        // In a picture without a large face, even a turned or a dark one, there may be small ones.
        if result.faces.isEmpty, let finer, finer.isAutomatic {
            try await lookCloser(at: picture, finer.search, isLast: true, into: &result)
        }
        return result
    }

    /// The memory a detector needs for each pixel it searches, in bytes: MTCNN's sums take 16, its image pyramid 24.
    private static let detectorBytes = 40
    /// The memory a detector needs for a picture of any size, in bytes.
    private static let detectorMemory = 16 << 20

    /// Takes a look at a picture in which nothing was found before.
    private func look(_ step: Step, for selection: FaceSelection, into result: inout LookResult) async throws {
        let image = result.picture.image
        switch step {
        case .plain:
            result.take(
                try await detector.faces(in: image, for: selection), by: FaceLook(.plain, detector: detector.name))
        case .turned:
            let copy = Self.limited(image)
            let found = try await turned(copy, search: { try await detector.faces(in: $0) })
            result.takeSmall(found.faces, from: copy, by: found.look)
        case .detector:
            guard let other else { return }
            let equalized = Self.apply(.clahe, to: image)
            let faces = try await other.detector().faces(in: equalized, for: selection)
            result.take(
                try await confirmed(faces, in: equalized), in: equalized, .clahe,
                by: FaceLook(.detector, detector: other.name))
        case .companion:
            guard let companion else { return }
            let faces = try await companion.detector().faces(in: image, for: selection)
                .filter { $0.confidence >= Self.certainAlone }
            result.take(faces, by: FaceLook(.detector, detector: companion.name))
        case .gamma:
            guard Self.isDark(image) else { return }
            let enhanced = Self.apply(.gamma, to: image)
            var faces = try await detector.faces(in: enhanced, for: selection)
            if faces.isEmpty { faces = try await facesInSmallCopy(of: enhanced) }
            result.take(
                try await confirmed(faces, in: enhanced), in: enhanced, .gamma,
                by: FaceLook(.gamma, detector: detector.name))
        case .clahe:
            let enhanced = Self.apply(.clahe, to: image)
            let faces = try await detector.faces(in: enhanced, for: selection)
            result.take(
                try await confirmed(faces, in: enhanced), in: enhanced, .clahe,
                by: FaceLook(.clahe, detector: detector.name))
        }
    }

    /// The least confidence of a face that only the companion finds in a whole picture: without a face, many look a little
    /// like one to it.
    private static let certainAlone: Float = 0.8

    /// Returns those of the faces of an enhanced picture that the companion sees there too, if there is a companion.
    ///
    /// An enhanced picture without a face often shows something like one, but rarely to two detectors. Faces that are too
    /// small for the companion's copy of the picture are kept, and so are all if every picture is to be enhanced.
    private func confirmed(_ faces: [Face], in image: Image) async throws -> [Face] {
        guard steps.first == .plain, !faces.isEmpty, let detector = try await companion?.detector() as? any TileDetector
        else { return faces }
        // A face that fills the picture is seen only with a border.
        let copy = Self.limited(image), across = copy.width / 4, down = copy.height / 4
        let seen = try await detector.faces(
            inTile: copy.padded(left: across, top: down, right: across, bottom: down),
            minimumConfidence: Self.leastConfirming)
        let scale = Float(image.width) / Float(copy.width)
        return faces.filter { face in
            if face.box.area.squareRoot() < Self.large * scale { return true }
            return seen.contains {
                let box = $0.mapped(scale: 1, dx: -Float(across), dy: -Float(down)).mapped(scale: scale).box
                return box.overlap(with: face.box) > Self.same
            }
        }
    }

    /// The least confidence with which the companion confirms a face of an enhanced picture.
    private static let leastConfirming: Float = 0.3
    /// The intersection over union from which two detectors found the same face.
    private static let same: Float = 0.3

    /// Returns the faces of a very small copy in a black border, in which the noise of a brightened picture is averaged.
    private func facesInSmallCopy(of image: Image) async throws -> [Face] {
        let copy = Self.limited(image, to: Self.smallest), margin = Self.smallest / 2
        let view = copy.padded(left: margin, top: margin, right: margin, bottom: margin)
        let across = Float(image.width) / Float(copy.width), down = Float(image.height) / Float(copy.height)
        return try await search(view).map {
            $0.mapped(scale: 1, dx: -Float(margin), dy: -Float(margin)).stretched(across: across, down: down)
        }
    }

    /// The longest side of the very small copy, in pixels.
    private static let smallest = 128

    /// Takes a further look at a picture in which faces were found: at a small copy, because it is about large faces
    /// that were missed.
    private func lookAgain(_ step: Step, into result: inout LookResult) async throws {
        let image = Self.limited(result.picture.image)
        switch step {
        case .plain, .detector, .companion: break
        case .turned:
            if isDoubtful(result) { try await checkTurned(&result) }
            let found = try await turned(image, search: search)
            result.addSmall(found.faces.filter(Self.isLarge), from: image, by: found.look)
        case .gamma where !Self.isDark(image): break
        case .gamma, .clahe:
            guard result.enhancement == .none else { return }
            let (enhancement, kind): (AppliedEnhancement, FaceLook.Kind) =
                step == .gamma ? (.gamma, .gamma) : (.clahe, .clahe)
            let faces = try await search(Self.apply(enhancement, to: image)).filter(Self.isLarge)
            result.addSmall(faces, from: image, by: FaceLook(kind, detector: detector.name))
        }
    }

    /// Returns whether a face of the small copy is so large that the finer look need not see it.
    private static func isLarge(_ face: Face) -> Bool { face.box.area.squareRoot() >= FinerLook.small }

    /// Searches a picture once.
    private func search(_ image: Image) async throws -> [Face] {
        guard let detector = detector as? any TileDetector else { return try await detector.faces(in: image) }
        return try await detector.faces(inTile: image, minimumConfidence: detector.minimumConfidence)
    }
}

// MARK: - Turned faces

extension LookSequence {
    /// Returns the faces of the turned picture with the most confident face, in pixels of `image`; none if no face is
    /// certain.
    ///
    /// All three turns are tried: a face that stands on its head is often found too, but with less confidence and wrong
    /// landmarks.
    private func turned(
        _ image: Image, search: (Image) async throws -> [Face]
    ) async throws -> (faces: [Face], look: FaceLook) {
        var best: (faces: [Face], turn: QuarterTurn) = ([], .right), most = Self.certain
        for turn in QuarterTurn.allCases {
            let found = try await search(turn.turning(image)).filter { $0.confidence >= Self.certain }
            guard let first = found.map(\.confidence).max(), first >= most else { continue }
            most = first
            best = (found.map { turn.turningBack($0, width: image.width, height: image.height) }, turn)
        }
        return (best.faces, FaceLook(.turned, detector: detector.name, turned: best.turn.faceAngle))
    }

    /// The least confidence of a face in a turned picture.
    private static let certain: Float = 0.85

    /// Returns whether the faces that were found at once may be turned.
    private func isDoubtful(_ result: LookResult) -> Bool {
        // Only YuNet's confidence shows this.
        guard let detector = detector as? YuNetDetector,
            let best = result.faces.max(by: { $0.confidence < $1.confidence })
        else {
            return false
        }
        let side = Float(max(result.picture.image.width, result.picture.image.height))
        let scale = min(Float(Self.limit) / side, 1) / Float(result.picture.reduction)
        return best.confidence < detector.configuration.uprightConfidence
            && best.box.area.squareRoot() * scale >= Self.large
    }

    /// The side from which a face can be checked, in pixels of the small copy.
    private static let large: Float = 24

    /// Replaces the faces that a turned picture shows with more confidence.
    private func checkTurned(_ result: inout LookResult) async throws {
        let image = Self.limited(result.picture.image)
        let found = try await turned(image, search: search)
        result.replace(by: found.faces, from: image, look: found.look, lead: Self.lead)
    }

    /// The lead in confidence with which a turned face replaces the one that was found at once.
    private static let lead: Float = 0.03

    /// Returns `image` with its longest side at most `limit`.
    private static func limited(_ image: Image, to limit: Int = Self.limit) -> Image {
        let longest = max(image.width, image.height)
        guard longest > limit else { return image }
        func side(_ length: Int) -> Int { max((length * limit + longest / 2) / longest, 1) }
        return image.resized(width: side(image.width), height: side(image.height))
    }

    /// The longest side of the small copy for further looks, in pixels.
    private static let limit = 640
}
