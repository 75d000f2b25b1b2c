public import Faces

extension EnrollmentPolicy {
    /// Returns all issues of a photograph before it is embedded.
    ///
    /// - Parameters:
    ///   - faces: The detected faces; `nil` if unknown.
    ///   - context: The context of the face to enroll; `nil` if unknown, which skips its checks.
    ///   - shareOutside: The share of the face outside the picture; `nil` if unknown.
    ///   - evidence: The evidence from a second examination of the face; `nil` if there was none.
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
        let cutOff = shareOutside.flatMap { atMost(greatestShareOutside, $0, .cutOff) }
        let seen = [
            cutOff,
            evidence?.confirmation.flatMap { atLeast(leastConfirmation, $0, .doubtful) },
            // A detector says little about which way up a part of a face is.
            cutOff == nil ? evidence?.turnedLead.flatMap { atMost(greatestTurnedLead, $0, .notUpright) } : nil,
            evidence?.residualRoll.flatMap { atMost(greatestResidualRoll, $0.magnitude, .misaligned) },
        ]
        issues += seen.compactMap(\.self)
        guard let context else { return issues }
        // Uses the middle of the face if it was measured, because around it there may be hair, or black beyond the
        // picture's edge.
        let exposure =
            evidence?.exposure
            ?? FaceExposure(
                intensity: context.intensity, underexposed: context.underexposed, overexposed: context.overexposed)
        let checks = [
            atLeast(smallestFace, context.size, .tooSmall),
            atLeast(leastSharpness, context.sharpness, .blurred),
            context.quality.flatMap { atLeast(leastQuality, $0, .lowQuality) },
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

    /// Whether the policy compares a face with those in the gallery.
    var looksAtGallery: Bool { otherPerson != nil || !ownPictures.isEmpty || duplicateSimilarity != nil }

    /// Returns all issues of an embedding compared with the gallery.
    ///
    /// - Parameters:
    ///   - nearest: The people nearest to it, at least two if there are as many, including the person to enroll if
    ///     already in the gallery.
    ///   - person: The id of the person to enroll; `nil` for a new one.
    ///   - context: The context of the face; `nil` if unknown.
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
            // Thresholds depend on the conditions: the nearest person may be a child, with a higher threshold, and the
            // next an adult.
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

    // NaN exceeds every limit.

    private func atLeast(_ limit: Float?, _ measured: Float, _ kind: EnrollmentIssue.Kind) -> EnrollmentIssue? {
        guard let limit, !(measured >= limit) else { return nil }
        return EnrollmentIssue(kind, measured: measured, limit: limit)
    }

    private func atMost(_ limit: Float?, _ measured: Float, _ kind: EnrollmentIssue.Kind) -> EnrollmentIssue? {
        guard let limit, !(measured <= limit) else { return nil }
        return EnrollmentIssue(kind, measured: measured, limit: limit)
    }
}
