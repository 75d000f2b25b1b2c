public import Foundation
import Tensors

/// The training loop, with checkpoints, so that it can be stopped at any time.
///
/// A run that is stopped and resumed makes exactly the same steps as an uninterrupted one: batches and random numbers
/// depend only on seed and step, and everything else is in the checkpoint.
public final class Trainer<Learning: TrainingTask> {
    private let task: Learning
    private let configuration: RunConfiguration
    private let seed: UInt64
    private let folder: SeedFolder
    private let observe: (TrainingEvent) -> Void
    private let shouldStop: () -> Bool

    private let optimizer: Optimizer
    private let log: MetricsLog
    private let clock = ContinuousClock()
    private var state = TrainingState()
    private var lastSave: ContinuousClock.Instant
    private var savedStep: Int?

    /// Creates the run of one seed.
    ///
    /// - Parameters:
    ///   - task: The task to train.
    ///   - configuration: The run's configuration.
    ///   - seed: The seed of all random numbers.
    ///   - folder: The folder of the run. If it holds a checkpoint, the run resumes from it.
    ///   - observe: Called for each event.
    ///   - shouldStop: Called after each step. If it returns true, the run saves a checkpoint and ends.
    public init(
        _ task: Learning, configuration: RunConfiguration, seed: UInt64, folder: URL,
        observe: @escaping (TrainingEvent) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
    ) throws {
        (self.task, self.configuration, self.seed) = (task, configuration, seed)
        (self.observe, self.shouldStop) = (observe, shouldStop)
        self.folder = try SeedFolder(folder)
        optimizer = Optimizer(configuration.optimizer.configuration, task.parameters)
        log = try MetricsLog(at: self.folder.metrics)
        lastSave = clock.now
    }

    private var stepsPerEpoch: Int { configuration.stepsPerEpoch ?? task.batches.stepsPerEpoch }
    private var totalSteps: Int { configuration.epochs * stepsPerEpoch }
    private var isOver: Bool { state.step >= totalSteps || state.hasStoppedEarly }

    private var moment: TrainingMoment {
        TrainingMoment(
            step: state.step, totalSteps: totalSteps, epoch: state.step / stepsPerEpoch, folder: folder.url,
            device: configuration.device, precision: configuration.precision)
    }

    /// Trains to the end or until it is asked to stop.
    ///
    /// - Returns: The result, with the best weights loaded.
    /// - Throws: ``TrainingError``; errors of the task.
    public func run() throws -> SeedResult {
        try goOn()
        observe(.started(step: state.step, total: totalSteps))
        // There are no steps: only the initial weights are validated.
        if totalSteps == 0 { _ = try validateWhereDue() }
        let feed = BatchFeed(task.batches, from: state.step, to: totalSteps, ahead: configuration.prefetch)
        while !isOver {
            let start = clock.now
            let batch = try feed.next()
            let waited = clock.now - start
            let record = try learn(from: batch, since: start, waited: waited)
            try log.append(record, if: state.step % configuration.logEvery == 0)
            observe(.step(record, total: totalSteps))
            let isBest = try validateWhereDue()
            if shouldStop() {
                try save()
                throw TrainingError.interrupted(step: state.step)
            }
            if isBest || isSaveDue { try save() }
        }
        try save()
        return try conclude()
    }

    // MARK: A step

    private func learn(
        from batch: Learning.Source.Batch, since start: ContinuousClock.Instant, waited: Duration
    ) throws -> StepRecord {
        let moment = moment
        TrainingEngine.seed(SeedMixing.seed(seed, step: moment.step))
        let rate = configuration.schedule.schedule.rate(at: moment.step, of: totalSteps)

        let loss = try task.loss(of: batch, at: moment)
        let value = loss.total.scalar
        guard value.isFinite else { throw TrainingError.lossNotFinite(step: moment.step) }
        loss.total.backward()
        let norm = optimizer.clipGradients(to: configuration.clip ?? .infinity)
        guard norm.isFinite else { throw TrainingError.gradientNotFinite(step: moment.step) }
        optimizer.step(rate: rate)
        task.parameters.clearGradients()

        let terms = loss.terms.mapValues { Double($0.scalar) }
        state.step += 1
        let seconds = (clock.now - start) / .seconds(1)
        state.seconds += seconds
        return StepRecord(
            step: state.step, epoch: moment.epoch, loss: Double(value), terms: terms, rate: rate, gradientNorm: norm,
            examplesPerSecond: Double(task.batches.examplesPerStep) / seconds, waited: waited / .seconds(1),
            seconds: state.seconds)
    }

    // MARK: Validation

    /// Validates if it is due, and returns whether the weights are the best so far.
    private func validateWhereDue() throws -> Bool {
        guard configuration.validation.isDue(after: state.step, stepsPerEpoch: stepsPerEpoch) || isOver else {
            return false
        }
        let measures = try withoutGradients { try task.validate(at: moment) }
        state.lastMeasures = measures
        let isBest = try judge(measures)
        let record = ValidationRecord(step: state.step, epoch: moment.epoch, measures: measures)
        try log.append(record)
        try log.drawCurves(to: folder.curves)
        observe(.validated(record, isBest: isBest))
        return isBest
    }

    private func judge(_ measures: [String: Double]) throws -> Bool {
        let settings = configuration.validation
        guard let name = settings.measure else { return false }
        guard let value = measures[name] else {
            throw TrainingError.noMeasure(name, measures: measures.keys.sorted())
        }
        guard settings.isGain(value, over: state.best?.value) else {
            state.measurementsSinceBest += 1
            state.hasStoppedEarly = settings.patience.map { state.measurementsSinceBest >= $0 } ?? false
            return false
        }
        state.best = TrainingState.Best(step: state.step, value: value, measures: measures)
        state.measurementsSinceBest = 0
        return true
    }

    /// Loads the best weights and lets the task finish.
    private func conclude() throws -> SeedResult {
        if let best = state.best, best.step != state.step {
            try task.parameters.load(folder.checkpoints.weights(ofStep: best.step))
        }
        let last = try withoutGradients { try task.conclude(at: moment) }
        let measures = (state.best?.measures ?? state.lastMeasures).merging(last) { $1 }
        try log.drawCurves(to: folder.curves)
        let result = SeedResult(
            seed: seed, steps: state.step, bestStep: state.best?.step ?? state.step,
            stoppedEarly: state.hasStoppedEarly, seconds: state.seconds, measures: measures)
        try folder.finish(result, weights: task.parameters)
        return result
    }

    // MARK: Checkpoints

    private var isSaveDue: Bool {
        let settings = configuration.checkpoints
        if let steps = settings.everySteps, state.step % steps == 0 { return true }
        if let seconds = settings.everySeconds, clock.now - lastSave >= .seconds(seconds) { return true }
        return false
    }

    private func save() throws {
        guard savedStep != state.step else { return }
        let checkpoint = Checkpoint(
            state: state, configuration: configuration, seed: seed, optimizerSteps: optimizer.steps)
        try folder.checkpoints.write(
            checkpoint, weights: task.parameters.dictionary, optimizer: optimizer.state,
            keeping: configuration.checkpoints.keep)
        (lastSave, savedStep) = (clock.now, state.step)
    }

    /// Resumes from the newest intact checkpoint, if there is one.
    private func goOn() throws {
        let found = try folder.checkpoints.newest { observe(.note($0)) }
        if let found {
            if let field = try configuration.difference(from: found.checkpoint.configuration) {
                throw TrainingError.otherRun(folder: folder.url.path, field: field)
            }
            try task.parameters.load(found.weights)
            try optimizer.restore(found.optimizer, steps: found.checkpoint.optimizerSteps)
            state = found.checkpoint.state
            savedStep = state.step
        }
        try log.forget(after: state.step)
    }
}
