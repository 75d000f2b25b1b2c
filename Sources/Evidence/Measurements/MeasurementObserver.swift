public import Foundation

/// What a measurement does, for progress on a screen or in a log.
public enum MeasurementEvent: Sendable {
    /// A stage of `count` steps begins; `unit` says what they are, in the plural: `pictures`.
    case began(count: Int, unit: String)
    /// One more step of the stage is done.
    case advanced(failed: Bool)
    /// The stage has ended.
    case ended
    /// Something is to be said that is no error, such as that no embeddings can be kept.
    case remark(String)
    /// What was found of `count` pictures beside their faces.
    case read(PictureNotes, count: Int, unit: String)
    /// All faces are embedded; what follows compares them.
    case embedded(faces: Int, withoutFace: Int)
}

/// Watches a measurement, and may refuse it.
public struct MeasurementObserver: Sendable {
    /// Is called with the files of pictures before they are read; what it throws ends the measurement.
    public var willRead: @Sendable ([URL]) throws -> Void
    /// Is called with what happens, in its order.
    public var observe: @Sendable (MeasurementEvent) -> Void

    /// An observer from its parts; one that does nothing unless they are given.
    public init(
        willRead: @escaping @Sendable ([URL]) throws -> Void = { _ in },
        observe: @escaping @Sendable (MeasurementEvent) -> Void = { _ in }
    ) {
        (self.willRead, self.observe) = (willRead, observe)
    }
}
