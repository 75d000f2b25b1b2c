import LikenessCommand
import LikenessRecords
import Metaheuristics

extension SettingRecord {
    /// Creates the record of a variable's value.
    init(_ value: SearchValue) {
        switch value {
        case .real(let number): self = .real(number)
        case .integer(let number): self = .integer(number)
        case .category(let name): self = .name(name)
        }
    }
}
