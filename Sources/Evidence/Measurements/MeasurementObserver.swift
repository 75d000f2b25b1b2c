public import Foundation

/// An event of a measurement, for showing or logging progress.
public enum MeasurementEvent: Sendable {
    /// A stage of `count` steps begins. `unit` is the name of the steps in the plural, such as `pictures`.
    case began(count: Int, unit: String)
    /// A step of the stage is finished.
    case advanced(failed: Bool)
    /// The stage has ended.
    case ended
    /// A remark for the user that is not an error, such as that embeddings can't be cached.
    case remark(String)
    /// `count` pictures have been read, with notes on them.
    case read(PictureNotes, count: Int, unit: String)
    /// All faces are embedded and will be compared next.
    case embedded(faces: Int, withoutFace: Int)
}

/// An observer of a measurement, which may also stop it.
public struct MeasurementObserver: Sendable {
    /// Called with the files of pictures before they are read. If it throws, the measurement ends with that error.
    public var willRead: @Sendable ([URL]) throws -> Void
    /// Called with each event, in order.
    public var observe: @Sendable (MeasurementEvent) -> Void

    /// Creates an observer from its parts. By default it does nothing.
    public init(
        willRead: @escaping @Sendable ([URL]) throws -> Void = { _ in },
        observe: @escaping @Sendable (MeasurementEvent) -> Void = { _ in }
    ) {
        (self.willRead, self.observe) = (willRead, observe)
    }
}
