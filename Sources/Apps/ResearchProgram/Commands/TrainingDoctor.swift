import ArgumentParser
import FaceTraining
import LikenessCommand
import Recognition

/// `likeness doctor`, which also checks the training engine.
struct TrainingDoctor: AsyncParsableCommand {
    static let configuration: CommandConfiguration = {
        var configuration = Doctor.configuration
        configuration.commandName = "doctor"
        return configuration
    }()

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let diagnosis = await Diagnosis { installation in
            [.trainingEngine((try? Installation.locateTrainingEngine()) ?? installation.trainingEngine)]
        }
        try diagnosis.print(output)
    }
}
