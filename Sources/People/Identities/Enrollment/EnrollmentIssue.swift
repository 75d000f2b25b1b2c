import Faces

/// A reason not to enroll a face, with the measured value and the exceeded limit.
public struct EnrollmentIssue: Hashable, Codable, Sendable {
    /// The kind of issue.
    ///
    /// The raw values never change.
    public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
        /// No face was found.
        ///
        /// Measured: the number of faces.
        case noFace = "no_face"
        /// More than one face was found.
        ///
        /// Measured: the number of faces.
        case severalFaces = "several_faces"
        /// The face is small.
        ///
        /// Measured: the square root of the box's area, in pixels.
        case tooSmall = "too_small"
        /// The face is blurred.
        ///
        /// Measured: ``/Faces/ContextVector/sharpness``.
        case blurred
        /// The face is not usable enough for recognition.
        ///
        /// Measured: ``/Faces/ContextVector/quality``, 0...1.
        case lowQuality = "low_quality"
        /// The detector has low confidence.
        ///
        /// Measured: its confidence, 0...1.
        case uncertain
        /// Part of the face is outside the picture.
        ///
        /// Measured: its share, 0...1 (`Face.shareOutside`).
        case cutOff = "cut_off"
        /// A second detector does not find a face.
        ///
        /// Measured: its confidence, 0...1 (``/Faces/FaceEvidence/confirmation``).
        case doubtful
        /// The picture is upside down or on its side.
        ///
        /// Measured: the gain in the detector's confidence when the face is turned, −1...1
        /// (``/Faces/FaceEvidence/turnedLead``).
        case notUpright = "not_upright"
        /// The eyes were found in the wrong places, so the face can't be turned upright.
        ///
        /// Measured: the absolute angle between two detectors' eye lines, in degrees
        /// (``/Faces/FaceEvidence/residualRoll``).
        case misaligned
        /// The head is turned to one side.
        ///
        /// Measured: the absolute yaw, in degrees.
        case turned
        /// The head is turned up or down.
        ///
        /// Measured: the absolute pitch, in degrees.
        case tilted
        /// The head leans to one shoulder.
        ///
        /// Measured: the absolute roll, in degrees.
        case leaning
        /// The face is dark.
        ///
        /// Measured: mean luminance, 0...1.
        ///
        /// This and the next three are measured on the face's middle (``/Faces/FaceExposure``) if that is known.
        case tooDark = "too_dark"
        /// The face is bright. Measured: mean luminance, 0...1.
        case tooBright = "too_bright"
        /// Much of the face is underexposed (black).
        ///
        /// Measured: its share, 0...1.
        case underexposed
        /// Much of the face is overexposed (white).
        ///
        /// Measured: its share, 0...1.
        case overexposed
        /// The face looks like another person in the gallery.
        ///
        /// Measured: similarity, −1...1.
        case otherPerson = "other_person"
        /// The face does not look like the person's enrolled pictures.
        ///
        /// Measured: similarity to the nearest of them, −1...1.
        case unlikePerson = "unlike_person"
        /// The person already has this template.
        ///
        /// Measured: similarity, −1...1.
        case duplicate
    }

    /// The kind of issue.
    public let kind: Kind
    /// The measured value, in the unit of ``kind``.
    public let measured: Float
    /// The limit, in the same unit.
    public let limit: Float
    /// The other person, or the template's label; `nil` if the issue concerns the photograph.
    public let subject: String?

    /// Creates an issue from its parts.
    public init(_ kind: Kind, measured: Float, limit: Float, subject: String? = nil) {
        self.kind = kind
        self.measured = measured
        self.limit = limit
        self.subject = subject
    }
}

extension EnrollmentIssue: CustomStringConvertible {
    /// The issue in words and figures, and what to do about it.
    ///
    /// Such as `the face is too small (31 pixels, at least 48): choose a picture in which it is larger`.
    public var description: String { remedy.map { "\(problem): \($0)" } ?? problem }

    /// The issue in words and figures, such as `the face is too small (31 pixels, at least 48)`.
    public var problem: String {
        let measured = Self.figure(measured), limit = Self.figure(limit)
        return switch kind {
        case .noFace: "no face was found"
        case .severalFaces: "\(measured) faces were found (at most \(limit))"
        case .tooSmall: "the face is too small (\(measured) pixels, at least \(limit))"
        case .blurred: "the face is blurred (sharpness \(measured), at least \(limit))"
        case .lowQuality: "the face is not usable enough (quality \(measured), at least \(limit))"
        case .uncertain: "the detector is not certain of the face (its confidence is \(measured), at least \(limit))"
        case .cutOff:
            "the face is cut off by the picture's border (a share of \(measured) is outside, at most \(limit))"
        case .doubtful:
            "the face is doubtful: it may be something else (another detector's confidence is \(measured), at least "
                + "\(limit))"
        case .notUpright:
            "the face is upside down or on its side (turned, the face is found with a confidence that is \(measured) "
                + "higher, at most \(limit))"
        case .misaligned:
            "the eyes were not found in the right places (two detectors differ by \(measured) degrees in how the head "
                + "leans, at most \(limit))"
        case .turned: "the face is turned to one side (\(measured) degrees, at most \(limit))"
        case .tilted: "the face is turned up or down (\(measured) degrees, at most \(limit))"
        case .leaning: "the face leans to one shoulder (\(measured) degrees, at most \(limit))"
        case .tooDark: "the face is too dark (luminance \(measured), at least \(limit))"
        case .tooBright: "the face is too bright (luminance \(measured), at most \(limit))"
        case .underexposed: "the face is underexposed (a share of \(measured) is black, at most \(limit))"
        case .overexposed: "the face is overexposed (a share of \(measured) is white, at most \(limit))"
        case .otherPerson:
            "the face looks like another person, \(subject ?? "who is already enrolled") (similarity \(measured); from "
                + "\(limit), two faces count as one person's)"
        case .unlikePerson:
            "the face does not look like \(subject.map { "\($0)'s" } ?? "the person's") other pictures (similarity "
                + "\(measured), at least \(limit))"
        case .duplicate:
            "the face is already enrolled\(subject.map { " as \($0)" } ?? "") (similarity \(measured); from \(limit), "
                + "two pictures count as the same)"
        }
    }

    /// The advice in one clause; `nil` if nothing needs to be done.
    public var remedy: String? {
        switch kind {
        case .noFace: noFaceAdvice
        case .severalFaces: "choose one (--face largest or --face center; in code, EnrollmentOptions.face)"
        case .tooSmall: "choose a picture in which it is larger"
        case .blurred: "choose a sharper picture"
        case .lowQuality:
            "choose a picture in which it is uncovered, sharp, well lit and looks at the camera"
        case .uncertain, .doubtful: "choose a picture in which it is uncovered and well lit"
        case .cutOff: "choose a picture that shows all of it"
        case .notUpright: "turn the picture upright"
        case .misaligned: "turn the picture until the face is upright"
        case .turned, .tilted: "choose a picture in which it looks at the camera"
        case .leaning: "choose a picture in which the head is upright"
        case .tooDark, .underexposed: "choose a brighter picture"
        case .tooBright, .overexposed: "choose a darker picture"
        case .otherPerson:
            "if it really is a different person, turn the gate off (--gate off; in code, EnrollmentOptions.gate), or "
                + "allow fewer false alarms (--fpir; EnrollmentOptions.otherPerson)"
        case .unlikePerson:
            "check the picture and the name; if both are right, turn the gate off (--gate off; in code, "
                + "EnrollmentOptions.gate)"
        case .duplicate: nil
        }
    }

    /// Returns the remedies of several issues, each once; `nil` if there is none.
    static func remedy(of issues: [EnrollmentIssue]) -> String? {
        var remedies: [String] = []
        for remedy in issues.compactMap(\.remedy) where !remedies.contains(remedy) { remedies.append(remedy) }
        return remedies.isEmpty ? nil : remedies.joined(separator: "; ")
    }

    /// Returns a number with at most four decimal places (at most one from 10 on), without trailing zeros.
    private static func figure(_ value: Float) -> String {
        // For numbers above 10, such as degrees and pixels, further decimal places are meaningless.
        let scale = value.magnitude >= 10 ? 10.0 : 10_000
        let rounded = (Double(value) * scale).rounded() / scale
        guard rounded.magnitude < 1e15, rounded == rounded.rounded() else { return "\(rounded)" }
        return "\(Int(rounded))"
    }
}
