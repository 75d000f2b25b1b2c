internal import CTorch

extension Tensor {
    /// The same numbers, without the way they were computed.
    public var detached: Tensor { Tensor(handle: Self.make { $0.detach(handle, &$1) }, traced: traced) }

    /// A copy of the numbers that shares nothing.
    public var copied: Tensor { Tensor(handle: Self.make { $0.clone(handle, &$1) }, traced: traced) }

    /// Whether gradients with respect to this tensor are kept. To be set on leaves only: parameters and inputs.
    public var requiresGradient: Bool {
        get { TrainingEngine.api.pointee.requires_gradient(handle) }
        set { TrainingEngine.check(TrainingEngine.api.pointee.require_gradient(handle, newValue)) }
    }

    /// Adds to the ``gradient`` of every leaf how this single number changes with it.
    public func backward() { TrainingEngine.check(TrainingEngine.api.pointee.backward(handle)) }

    /// What ``backward()`` has added up; `nil` before the first time, and after ``clearGradient()``.
    public var gradient: Tensor? {
        var out: OpaquePointer?
        TrainingEngine.check(TrainingEngine.api.pointee.gradient(handle, &out))
        return out.map { Tensor(handle: $0) }
    }

    /// Forgets the ``gradient``.
    public func clearGradient() { TrainingEngine.check(TrainingEngine.api.pointee.clear_gradient(handle)) }

    /// The same numbers as `element`, on `device`.
    public func to(_ element: Element? = nil, on device: Device? = nil) -> Tensor {
        let (before, element, device) = (self.element, element ?? self.element, device ?? self.device)
        let result = Self.make { $0.to(handle, element.code, device.code, &$1) }
        let cast = element == before ? traced : traced?.then("Cast", [self], ["to": .int(element.onnx.rawValue)])
        return Tensor(handle: result, traced: cast)
    }

    /// The same picture batch, with each place's channels side by side in memory: faster convolutions.
    public var channelsLast: Tensor {
        Tensor(handle: Self.make { $0.channels_last(handle, &$1) }, traced: traced)
    }
}
