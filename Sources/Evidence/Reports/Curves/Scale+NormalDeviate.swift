import Evaluation
import LikenessSupport
public import Plots

extension Scale {
    /// A scale for rates, 0...1, by the quantiles of the normal distribution, with labels in percent without the sign.
    ///
    /// On these axes of a DET plot, the errors of normally distributed similarities form a straight line (Martin et
    /// al., 1997).
    public static let normalDeviate = Scale(
        position: { $0.isNaN ? .nan : NormalDistribution.quantile(min(max($0, 0), 1)) },
        ticks: { range in
            rates.filter { $0 >= range.lowerBound * (1 - 1e-9) && $0 <= range.upperBound * (1 + 1e-9) }
                .map { Tick($0, significant($0 * 100)) }
        },
        fitting: { range in
            let low = rates.last { $0 <= range.lowerBound } ?? rates[0]
            let high = rates.first { $0 >= range.upperBound } ?? rates[rates.count - 1]
            return low < high ? low...high : rates[0]...rates[rates.count - 1]
        })

    /// The marked rates.
    private static let rates = [
        1e-6, 1e-5, 1e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999,
    ]
}
