import ArgumentParser
import LikenessCommand

/// The command `likeness` with all its subcommands.
struct Research: AsyncParsableCommand {
    static let configuration = Likeness.configured(doctor: TrainingDoctor.self, further: commands)

    /// The commands that `likeness` hands over to this program.
    private static let commands: [any ParsableCommand.Type] = [
        Evaluate.self, Calibrate.self, Augment.self, Pack.self, Train.self, Tune.self, Export.self,
    ]
}
