/// Near misses among known names.
enum DidYouMean {
    /// The known name nearest to a given one, if near enough to be what was meant.
    static func suggestion(for name: String, among known: [String]) -> String? {
        // Longer ones are no slip of the hand.
        guard name.utf8.count <= 100 else { return nil }
        let wanted = normalised(name)
        let ranked = known.map { (name: $0, distance: distance(wanted, normalised($0))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        let limit = max(1, max(wanted.count, best.name.count) / 3)
        return best.distance <= limit ? best.name : nil
    }

    private static func normalised(_ name: String) -> [Character] { Array(name.lowercased().filter { $0 != "_" && $0 != " " && $0 != "-" }) }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
