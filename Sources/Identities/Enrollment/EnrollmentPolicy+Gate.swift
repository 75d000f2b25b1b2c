public import Faces

extension EnrollmentPolicy {
    /// All that is wrong with a photograph, before it is embedded.
    ///
    /// - Parameters:
    ///   - faces: The faces found in it; `nil` where that is not known.
    ///   - context: How the face to enroll was seen; `nil` where that is not known, and then it is not checked.
    ///   - shareOutside: The share of it that lies outside the picture; `nil` where that is not known.
    ///   - evidence: What a second look says of it; `nil` where none was taken.
    public func issues(
        faces: [Face]?, context: ContextVector?, shareOutside: Float? = nil, evidence: FaceEvidence? = nil
    ) -> [EnrollmentIssue] {
        var issues: [EnrollmentIssue] = []
        if let faces, mode != .off {
            if faces.isEmpty { return [EnrollmentIssue(.noFace, measured: 0, limit: 1)] }
            if faces.count > 1, !allowsSeveralFaces {
                issues.append(EnrollmentIssue(.severalFaces, measured: Float(faces.count), limit: 1))
            }
        }
        let seen = [
            shareOutside.flatMap { atMost(greatestShareOutside, $0, .cutOff) },
            evidence?.confirmation.flatMap { atLeast(leastConfirmation, $0, .doubtful) },
            evidence?.turnedLead.flatMap { atMost(greatestTurnedLead, $0, .notUpright) },
        ]
        issues += seen.compactMap(\.self)
        guard let context else { return issues }
        // The middle of the face where it was measured: around it there is hair, and black beyond the picture's border.
        let exposure =
            evidence?.exposure
            ?? FaceExposure(
                intensity: context.intensity, underexposed: context.underexposed, overexposed: context.overexposed)
        let checks = [
            atLeast(smallestFace, context.size, .tooSmall),
            atLeast(leastSharpness, context.sharpness, .blurred),
            atLeast(leastConfidence, context.confidence, .uncertain),
            atMost(greatestYaw, context.yaw.magnitude, .turned),
            atMost(greatestPitch, context.pitch.magnitude, .tilted),
            atMost(greatestRoll, context.roll.magnitude, .leaning),
            atLeast(leastIntensity, exposure.intensity, .tooDark),
            atMost(greatestIntensity, exposure.intensity, .tooBright),
            atMost(greatestUnderexposed, exposure.underexposed, .underexposed),
            atMost(greatestOverexposed, exposure.overexposed, .overexposed),
        ]
        return issues + checks.compactMap { $0 }
    }

    /// Whether anything is asked of a face beside those of the gallery.
    var looksAtGallery: Bool { matchThreshold != nil || leastOwnSimilarity != nil || duplicateSimilarity != nil }

    /// All that is wrong with an embedding beside those of the gallery.
    ///
    /// - Parameters:
    ///   - nearest: The persons nearest to it, two at least where there are as many, and the person to enroll among them
    ///     where the gallery has them.
    ///   - person: The id of the person to enroll; `nil` for a new one.
    func issues(nearest: [PersonMatch], person: Person.ID?) -> [EnrollmentIssue] {
        var issues: [EnrollmentIssue] = []
        let own = nearest.first { $0.person.id == person }
        if let own, let limit = leastOwnSimilarity(templates: own.person.templates), !(own.similarity >= limit) {
            issues.append(
                EnrollmentIssue(.unlikePerson, measured: own.similarity, limit: limit, subject: own.person.name))
        }
        if let limit = matchThreshold, let other = nearest.first(where: { $0.person.id != person }),
            other.similarity >= limit
        {
            issues.append(
                EnrollmentIssue(.otherPerson, measured: other.similarity, limit: limit, subject: other.person.name))
        }
        if let limit = duplicateSimilarity, let own, own.similarity >= limit {
            issues.append(
                EnrollmentIssue(
                    .duplicate, measured: own.similarity, limit: limit,
                    subject: own.template.label ?? "template \(own.template.id)"))
        }
        return issues
    }

    // A number that is not one passes no limit.

    private func atLeast(_ limit: Float?, _ measured: Float, _ kind: EnrollmentIssue.Kind) -> EnrollmentIssue? {
        guard let limit, !(measured >= limit) else { return nil }
        return EnrollmentIssue(kind, measured: measured, limit: limit)
    }

    private func atMost(_ limit: Float?, _ measured: Float, _ kind: EnrollmentIssue.Kind) -> EnrollmentIssue? {
        guard let limit, !(measured <= limit) else { return nil }
        return EnrollmentIssue(kind, measured: measured, limit: limit)
    }
}
