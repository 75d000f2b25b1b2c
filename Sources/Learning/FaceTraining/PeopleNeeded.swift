/// A check of the number of people before any computation. With too few people there are no impostors, no batches, or
/// nothing to measure.
enum PeopleNeeded {
    /// The smallest number of training people, and of held-out people.
    static let fewest = 2

    /// Checks the numbers of people.
    ///
    /// - Parameters:
    ///   - task: The task's name.
    ///   - trained: The number of training people.
    ///   - heldOut: The number of pictures of each held-out person.
    ///   - fewestTrained: The smallest number of training people.
    ///   - place: The source of the people.
    /// - Throws: ``FaceTrainingError/peopleMissing(_:)``.
    static func check(
        task: String, trained: Int, heldOut: [Int], fewestTrained: Int = fewest, place: String
    ) throws(FaceTrainingError) {
        let pictures = heldOut.max() ?? 0
        guard trained >= fewestTrained, heldOut.count >= fewest, pictures >= 2 else {
            throw .peopleMissing(
                PeopleShortage(
                    task: task, trained: trained, fewestTrained: fewestTrained, heldOut: heldOut.count,
                    fewestHeldOut: fewest, mostPictures: pictures, place: place))
        }
    }
}

/// The numbers of people that exist and that a task needs.
public struct PeopleShortage: Sendable, Hashable, CustomStringConvertible {
    /// The task's name.
    public let task: String
    /// The number of training people.
    public let trained: Int
    /// The number of training people that the task needs.
    public let fewestTrained: Int
    /// The number of held-out people.
    public let heldOut: Int
    /// The number of held-out people that the task needs.
    public let fewestHeldOut: Int
    /// The largest number of pictures of one held-out person; at least two are needed.
    public let mostPictures: Int
    /// The source of the people.
    public let place: String

    /// One sentence that says what is missing and what to do.
    public var description: String { "\(problem): \(Self.remedy)" }

    /// The advice in one clause.
    static let remedy = "pack more people, or change the share heldOut"

    /// The shortage in one clause.
    var problem: String {
        let pictures = heldOut >= fewestHeldOut ? ", and no held-out person has two pictures" : ""
        return
            "the task \(task) needs at least \(fewestTrained) training people and \(fewestHeldOut) held-out people, "
            + "one of these with two pictures; \(place) has \(trained) and \(heldOut)\(pictures)"
    }
}
