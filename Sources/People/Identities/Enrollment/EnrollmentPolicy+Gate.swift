public import Faces

extension EnrollmentPolicy {
    /// Returns all that is wrong with a photograph, before it is embedded.
    ///
    /// - Parameters:
    ///   - faces: The faces found in it; `nil` if that is not known.
    ///   - context: How the face to enroll was seen; `nil` if that is not known, and then it is not checked.
    ///   - shareOutside: The share of it that lies outside the picture; `nil` if that is not known.
    ///   - evidence: What a second look says of it; `nil` if none was taken.
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
            evidence?.residualRoll.flatMap { atMost(greatestResidualRoll, $0.magnitude, .misaligned) },
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
            atMost(greatestRoll, (context.roll + (evidence?.residualRoll ?? 0)).magnitude, .leaning),
            atLeast(leastIntensity, exposure.intensity, .tooDark),
            atMost(greatestIntensity, exposure.intensity, .tooBright),
            atMost(greatestUnderexposed, exposure.underexposed, .underexposed),
            atMost(greatestOverexposed, exposure.overexposed, .overexposed),
        ]
        return issues + checks.compactMap { $0 }
    }

    /// Whether anything is asked of a face beside those of the gallery.
    var looksAtGallery: Bool { otherPerson != nil || !ownPictures.isEmpty || duplicateSimilarity != nil }

    /// Returns all that is wrong with an embedding beside those of the gallery.
    ///
    /// - Parameters:
    ///   - nearest: The persons nearest to it, two at least where there are as many, and the person to enroll among
    ///     them where the gallery has them.
    ///   - person: The id of the person to enroll; `nil` for a new one.
    ///   - context: How the face was seen; `nil` if that is not known.
    func issues(nearest: [PersonMatch], person: Person.ID?, context: ContextVector?) -> [EnrollmentIssue] {
        var issues: [EnrollmentIssue] = []
        func decision(_ rule: MatchRule, _ match: PersonMatch) -> MatchDecision {
            var conditions: PairConditions?
            if let context, let other = match.template.context { conditions = PairConditions(context, other) }
            return rule.decide(similarity: match.similarity, conditions: conditions)
        }
        let own = nearest.first { $0.person.id == person }
        if let own, let rule = ownPictures(templates: own.person.templates) {
            let decision = decision(rule, own)
            if !decision.isMatch {
                issues.append(
                    EnrollmentIssue(
                        .unlikePerson, measured: own.similarity, limit: decision.threshold, subject: own.person.name))
            }
        }
        if let rule = otherPerson {
            // The nearest may be a child to whom children may come near, and the next a grown-up.
            for other in nearest where other.person.id != person {
                let decision = decision(rule, other)
                guard decision.isMatch else { continue }
                issues.append(
                    EnrollmentIssue(
                        .otherPerson, measured: other.similarity, limit: decision.threshold,
                        subject: other.person.name))
                break
            }
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
