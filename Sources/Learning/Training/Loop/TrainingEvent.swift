/// What somebody who watches a run may want to show.
public enum TrainingEvent: Sendable {
    /// The run goes on after this many steps, of so many; 0 where it is new.
    case started(step: Int, total: Int)
    /// A step was made.
    case step(StepRecord, total: Int)
    /// Held-out data were measured.
    case validated(ValidationRecord, isBest: Bool)
    /// Something to say in a sentence.
    case note(String)
}
