internal import CTorch

extension Tensor {
    private func unary(_ operation: ctorch_unary, _ name: String) -> Tensor {
        let result = Self.make { $0.unary(operation, handle, &$1) }
        return Tensor(handle: result, traced: traced?.then(name, [self]))
    }

    private static func binary(_ operation: ctorch_binary, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
        let result = make { $0.binary(operation, a.handle, b.handle, &$1) }
        return Tensor(handle: result, traced: (a.traced ?? b.traced)?.then(name, [a, b]))
    }

    private static func binary(_ operation: ctorch_binary, _ name: String, _ a: Tensor, _ b: Double) -> Tensor {
        let result = make { $0.with_scalar(operation, a.handle, b, &$1) }
        let traced = a.traced?.then(name, [a, full(b, shape: [], element: a.element)])
        return Tensor(handle: result, traced: traced)
    }

    // MARK: Two tensors, broadcast against each other; a tensor and a number

    /// The sum of two elements.
    public static func + (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_add, "Add", a, b) }
    /// The difference of two elements.
    public static func - (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_subtract, "Sub", a, b) }
    /// The product of two elements.
    public static func * (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_multiply, "Mul", a, b) }
    /// The quotient of two elements.
    public static func / (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_divide, "Div", a, b) }
    /// Each element and `b`, summed.
    public static func + (a: Tensor, b: Double) -> Tensor { binary(ctorch_add, "Add", a, b) }
    /// Each element less `b`.
    public static func - (a: Tensor, b: Double) -> Tensor { binary(ctorch_subtract, "Sub", a, b) }
    /// Each element times `b`.
    public static func * (a: Tensor, b: Double) -> Tensor { binary(ctorch_multiply, "Mul", a, b) }
    /// Each element divided by `b`.
    public static func / (a: Tensor, b: Double) -> Tensor { binary(ctorch_divide, "Div", a, b) }
    /// Each element and `a`, summed.
    public static func + (a: Double, b: Tensor) -> Tensor { b + a }
    /// Each element times `a`.
    public static func * (a: Double, b: Tensor) -> Tensor { b * a }
    /// `a` less each element.
    public static func - (a: Double, b: Tensor) -> Tensor { -b + a }
    /// Each element with the other sign.
    public static prefix func - (a: Tensor) -> Tensor { a.unary(ctorch_negate, "Neg") }

    /// The matrix product over the last two axes, the others broadcast.
    public func matmul(_ other: Tensor) -> Tensor { Self.binary(ctorch_matmul, "MatMul", self, other) }

    /// Each element to this power.
    public func pow(_ exponent: Double) -> Tensor { Self.binary(ctorch_power, "Pow", self, exponent) }

    /// The larger of two elements.
    public func maximum(_ other: Tensor) -> Tensor { Self.binary(ctorch_maximum, "Max", self, other) }

    /// The larger of the element and `bound`.
    public func maximum(_ bound: Double) -> Tensor { Self.binary(ctorch_maximum, "Max", self, bound) }

    /// The smaller of two elements.
    public func minimum(_ other: Tensor) -> Tensor { Self.binary(ctorch_minimum, "Min", self, other) }

    /// The smaller of the element and `bound`.
    public func minimum(_ bound: Double) -> Tensor { Self.binary(ctorch_minimum, "Min", self, bound) }

    /// Each element, brought into `range`.
    public func clamped(to range: ClosedRange<Double>) -> Tensor {
        let result = Self.make { $0.clamp(handle, range.lowerBound, range.upperBound, &$1) }
        let bounds = [range.lowerBound, range.upperBound].map { Self.full($0, shape: [], element: element) }
        return Tensor(handle: result, traced: traced?.then("Clip", [self] + bounds))
    }

    // MARK: Comparing

    /// Whether two elements are equal.
    public static func .== (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_equal, "Equal", a, b) }
    /// Whether two elements differ.
    public static func .!= (a: Tensor, b: Tensor) -> Tensor { !(a .== b) }
    /// Whether the first of two elements is larger.
    public static func .> (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_greater, "Greater", a, b) }
    /// Whether the first of two elements is smaller.
    public static func .< (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_less, "Less", a, b) }
    /// Whether each element is larger than `b`.
    public static func .> (a: Tensor, b: Double) -> Tensor { binary(ctorch_greater, "Greater", a, b) }
    /// Whether each element is smaller than `b`.
    public static func .< (a: Tensor, b: Double) -> Tensor { binary(ctorch_less, "Less", a, b) }
    /// Whether each element is at least `b`.
    public static func .>= (a: Tensor, b: Double) -> Tensor { binary(ctorch_greater_equal, "GreaterOrEqual", a, b) }
    /// Whether each element is at most `b`.
    public static func .<= (a: Tensor, b: Double) -> Tensor { binary(ctorch_less_equal, "LessOrEqual", a, b) }
    /// Whether both of two truth values hold.
    public static func .& (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_and, "And", a, b) }
    /// Whether one of two truth values holds, or both.
    public static func .| (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_or, "Or", a, b) }
    /// Truth values turned around.
    public static prefix func ! (a: Tensor) -> Tensor { a.unary(ctorch_logical_not, "Not") }

    /// Where this holds, `a`; elsewhere `b`.
    public func select(_ a: Tensor, _ b: Tensor) -> Tensor {
        let result = Self.make { $0.select(handle, a.handle, b.handle, &$1) }
        return Tensor(
            handle: result,
            traced: (traced ?? a.traced ?? b.traced)?.then("Where", [self, a, b]))
    }

    // MARK: Functions of each element

    /// The absolute value.
    public var magnitude: Tensor { unary(ctorch_abs, "Abs") }
    /// e to the power of each element.
    public var exponential: Tensor { unary(ctorch_exp, "Exp") }
    /// The natural logarithm.
    public var logarithm: Tensor { unary(ctorch_log, "Log") }
    /// The square root.
    public var squareRoot: Tensor { unary(ctorch_sqrt, "Sqrt") }
    /// The cosine of an angle in radians.
    public var cosine: Tensor { unary(ctorch_cosine, "Cos") }
    /// The angle in radians, 0 to π, of a cosine.
    public var arcCosine: Tensor { unary(ctorch_arc_cosine, "Acos") }
    /// The square.
    public var squared: Tensor {
        let result = Self.make { $0.unary(ctorch_square, handle, &$1) }
        return Tensor(handle: result, traced: traced?.then("Mul", [self, self]))
    }

    fileprivate func rectified() -> Tensor { unary(ctorch_relu, "Relu") }
    fileprivate func logistic() -> Tensor { unary(ctorch_sigmoid, "Sigmoid") }
    fileprivate func hyperbolicTangent() -> Tensor { unary(ctorch_tanh, "Tanh") }
    fileprivate func softPlus() -> Tensor { unary(ctorch_softplus, "Softplus") }
}

/// The positive part.
public func relu(_ x: Tensor) -> Tensor { x.rectified() }

/// The logistic function, 0 to 1.
public func sigmoid(_ x: Tensor) -> Tensor { x.logistic() }

/// The hyperbolic tangent, −1 to 1.
public func tanh(_ x: Tensor) -> Tensor { x.hyperbolicTangent() }

/// log(1 + eˣ), a smooth positive part.
public func softplus(_ x: Tensor) -> Tensor { x.softPlus() }

/// x · sigmoid(x) (Ramachandran et al., 2017, arXiv:1710.05941).
public func silu(_ x: Tensor) -> Tensor { x * sigmoid(x) }
