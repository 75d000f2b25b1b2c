internal import CTorch

extension Tensor {
    /// The same numbers without the operations that computed them, so that no gradient flows back.
    public var detached: Tensor { Tensor(handle: Self.make { $0.detach(handle, &$1) }, traced: traced) }

    /// A copy of the numbers that shares no memory with this tensor.
    public var copied: Tensor { Tensor(handle: Self.make { $0.clone(handle, &$1) }, traced: traced) }

    /// Whether gradients with respect to this tensor are kept. Set it only on leaves, that is, on parameters and
    /// inputs.
    public var requiresGradient: Bool {
        get { TrainingEngine.api.pointee.requires_gradient(handle) }
        set { TrainingEngine.check(TrainingEngine.api.pointee.require_gradient(handle, newValue)) }
    }

    /// Adds the derivative of this single number to the ``gradient`` of every leaf.
    public func backward() { TrainingEngine.check(TrainingEngine.api.pointee.backward(handle)) }

    /// The sum of the gradients from ``backward()``; `nil` before the first call and after ``clearGradient()``.
    public var gradient: Tensor? {
        var out: OpaquePointer?
        TrainingEngine.check(TrainingEngine.api.pointee.gradient(handle, &out))
        return out.map { Tensor(handle: $0) }
    }

    /// Clears the ``gradient``.
    public func clearGradient() { TrainingEngine.check(TrainingEngine.api.pointee.clear_gradient(handle)) }

    /// Converts the numbers to `element` and moves them to `device`.
    public func to(_ element: Element? = nil, on device: Device? = nil) -> Tensor {
        let (before, element, device) = (self.element, element ?? self.element, device ?? self.device)
        let result = Self.make { $0.to(handle, element.code, device.code, &$1) }
        let cast = element == before ? traced : traced?.then("Cast", [self], ["to": .int(element.onnx.rawValue)])
        return Tensor(handle: result, traced: cast)
    }

    /// The same pictures with the channels of each pixel side by side in memory, which makes convolutions faster.
    public var channelsLast: Tensor {
        Tensor(handle: Self.make { $0.channels_last(handle, &$1) }, traced: traced)
    }
}
