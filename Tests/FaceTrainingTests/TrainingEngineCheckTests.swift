import FaceTraining
import Foundation
import Recognition
import Testing

@Suite("The training engine in the diagnosis")
struct TrainingEngineCheckTests {
    @Test("A missing training engine is no error, and the check says how to install it")
    func missing() {
        let check = Diagnosis.Check.trainingEngine(URL(filePath: "/nonexistent/liblikeness_torch.so"))
        #expect(check.passed)
        #expect(check.detail.contains("scripts/setup --training"))
    }
}
