/// An event of a run, for progress displays.
public enum TrainingEvent: Sendable {
    /// The run starts after this many completed steps; `step` is 0 if the run is new.
    case started(step: Int, total: Int)
    /// A step was completed.
    case step(StepRecord, total: Int)
    /// The weights were validated on held-out data.
    case validated(ValidationRecord, isBest: Bool)
    /// A message in one sentence.
    case note(String)
}
