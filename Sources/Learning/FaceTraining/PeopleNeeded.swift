/// How many people a task needs, checked before anything is computed: with fewer there is no impostor, no batch, or nothing
/// that can be measured.
enum PeopleNeeded {
    /// The fewest people that are trained on, and that are held out.
    static let fewest = 2

    /// - Parameters:
    ///   - task: The task's name.
    ///   - trained: How many people are trained on.
    ///   - heldOut: How many pictures each person who is held out has.
    ///   - fewestTrained: How many people have to be trained on.
    ///   - place: What the people are from.
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

/// How many people there are, and how many there have to be.
public struct PeopleShortage: Sendable, Hashable, CustomStringConvertible {
    /// The task's name.
    public let task: String
    /// How many people can be trained on.
    public let trained: Int
    /// How many the task needs.
    public let fewestTrained: Int
    /// How many others are left to be measured on.
    public let heldOut: Int
    /// How many of them the task needs.
    public let fewestHeldOut: Int
    /// How many pictures the person with the most of them has: two are needed.
    public let mostPictures: Int
    /// What the people are from.
    public let place: String

    /// What is missing, and what to do.
    public var description: String { FaceTrainingError.peopleMissing(self).description }

    /// What to do.
    static let remedy = "pack more people, or change the share heldOut"

    /// What is missing.
    var problem: String {
        let pictures = heldOut >= fewestHeldOut ? ", and no person to measure on has two pictures" : ""
        return
            "the task \(task) needs \(fewestTrained) people or more to train on and \(fewestHeldOut) others to measure on, "
            + "one of these with two pictures; \(place) gives \(trained) and \(heldOut)\(pictures)"
    }
}
