import LikenessSupport

extension PairList {
    private static let required = ["image_a", "image_b", "same"]

    /// Reads `image_a,image_b,same[,fold]`, with or without a header.
    static func csv(_ text: CSVRecords, name: String) throws -> PairList {
        guard let first = text.records.first else {
            throw text.faults.isEmpty ? DatasetError.empty(name) : .malformed(name, text.lineFaults)
        }
        let columns: CSVColumns, rows: ArraySlice<CSVRecords.Record>
        do {
            (columns, rows) = try layout(first, records: text.records)
        } catch {
            throw DatasetError.malformed(name, [error])
        }
        var drafts: [Draft] = [], faults = text.lineFaults
        for record in rows {
            do {
                drafts.append(try Draft(record, columns: columns))
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw DatasetError.malformed(name, faults.sorted { $0.line < $1.line }) }
        return columns.has("fold")
            ? given(drafts, name: name)
            : PairList(name: name, pairs: drafts.map { $0.pair(fold: 0) }, folding: .dealt).dealt()
    }

    /// Returns the columns and the records below the header.
    ///
    /// If the third field of the first record is an answer such as `1` or `no`, there is no header.
    private static func layout(
        _ first: CSVRecords.Record, records: [CSVRecords.Record]
    ) throws(LineFault) -> (CSVColumns, ArraySlice<CSVRecords.Record>) {
        if (3...4).contains(first.fields.count), answer(first.fields[2]) != nil {
            return (CSVColumns(order: required + ["fold"], count: first.fields.count), records[...])
        }
        return (try CSVColumns(header: first, required: required, optional: ["fold"]), records.dropFirst())
    }

    /// Returns the answer that `text` represents; `nil` if it is neither yes nor no.
    fileprivate static func answer(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "yes": true
        case "0", "false", "no": false
        default: nil
        }
    }

    /// Returns the pairs with the folds given by the list.
    private static func given(_ drafts: [Draft], name: String) -> PairList {
        let folds = foldNumbers(drafts.map(\.fold))
        return PairList(name: name, pairs: drafts.map { $0.pair(fold: folds[$0.fold] ?? 0) }, folding: .given)
    }

    /// Returns a number, from 0, for each fold label: in numeric order if all labels are numbers, otherwise in
    /// alphabetical order.
    static func foldNumbers(_ labels: [String]) -> [String: Int] {
        let labels = Set(labels)
        let numbers = labels.compactMap { Int($0) }
        let sorted =
            numbers.count == labels.count
            ? labels.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) } : labels.sorted()
        return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    }

    /// Returns the same pairs, divided into folds as described at ``Folding/dealt``.
    func dealt() -> PairList {
        let mated = pairs.count(where: \.isMated), impostors = pairs.count - mated
        let folds = max(1, min(10, mated, impostors))
        var seen = (mated: 0, impostors: 0)
        let dealt = pairs.map { pair in
            let fold: Int
            if pair.isMated {
                fold = seen.mated * folds / mated
                seen.mated += 1
            } else {
                fold = seen.impostors * folds / impostors
                seen.impostors += 1
            }
            return Pair(
                imageA: pair.imageA, imageB: pair.imageB, isMated: pair.isMated, fold: fold, personA: pair.personA,
                personB: pair.personB, line: pair.line)
        }
        return PairList(name: name, pairs: dealt, folding: .dealt)
    }
}

/// A pair with its fold's label.
private struct Draft {
    let imageA: String
    let imageB: String
    let isMated: Bool
    /// The fold's label; empty if the list has no folds.
    let fold: String
    let line: Int

    init(_ record: CSVRecords.Record, columns: CSVColumns) throws(LineFault) {
        imageA = try columns.field("image_a", of: record)
        imageB = try columns.field("image_b", of: record)
        let same = try columns.field("same", of: record)
        guard let isMated = PairList.answer(same) else {
            throw LineFault(
                line: record.line, field: "same", message: "'\(same)' is not one of 1, 0, true, false, yes, no")
        }
        self.isMated = isMated
        fold = columns.has("fold") ? try columns.field("fold", of: record) : ""
        line = record.line
    }

    func pair(fold: Int) -> PairList.Pair {
        PairList.Pair(imageA: imageA, imageB: imageB, isMated: isMated, fold: fold, line: line)
    }
}
