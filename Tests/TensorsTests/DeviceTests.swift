import Tensors
import Testing

@Suite struct DeviceTests {
    @Test func namesAreThoseOfTheCommandLine() { #expect(Device.allCases.map(\.rawValue) == ["cpu", "cuda"]) }
}
