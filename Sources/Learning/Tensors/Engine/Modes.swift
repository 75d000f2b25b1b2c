internal import CTorch

/// Runs `body` without recording the operations that gradients need: for validation and for the optimizer.
public func withoutGradients<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let api = TrainingEngine.api.pointee
    var before = true
    TrainingEngine.check(api.set_gradients(false, &before))
    defer {
        var ignored = false
        TrainingEngine.check(api.set_gradients(before, &ignored))
    }
    return try body()
}

/// Runs `body` in mixed precision: convolutions and matrix products in bfloat16, everything else in float32. The
/// parameters stay float32 (Micikevicius et al., 2018, arXiv:1710.03740).
public func withAutocast<Result, Failure: Error>(
    _ enabled: Bool, on device: Device, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    guard enabled else { return try body() }
    let api = TrainingEngine.api.pointee
    var before = false
    TrainingEngine.check(api.set_autocast(device.code, true, ctorch_bfloat16, &before))
    defer {
        var ignored = false
        TrainingEngine.check(api.set_autocast(device.code, before, ctorch_bfloat16, &ignored))
    }
    return try body()
}
