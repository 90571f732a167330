/// Names that count up per class, as Keras': `dense`, `dense_1`, `dense_2`.
package enum Naming {
    /// The next free name made from a class's name.
    package static func unique(forClass className: String) -> String { unique(snakeCase(className)) }

    /// The name itself the first time, then with `_1`, `_2`, ….
    package static func unique(_ name: String) -> String {
        let count = Session.current.countUp(name)
        return count == 0 ? name : "\(name)_\(count)"
    }

    /// `BatchNormalization` → `batch_normalization`, `LSTM` → `lstm`, `Conv2DTranspose` → `conv2d_transpose`, `ReLU` → `re_lu`.
    package static func snakeCase(_ name: String) -> String {
        let word = name.filter { $0.isLetter || $0.isNumber || $0 == "_" }
        return insertUnderscores(insertUnderscores(word, before: startsWord), before: leavesLowercase).lowercased()
    }

    /// An underscore goes before a capital that a lowercase letter follows.
    private static func startsWord(_ letters: [Character], _ index: Int) -> Bool {
        letters[index].isUppercase && index + 1 < letters.count && letters[index + 1].isLowercase
    }

    /// An underscore goes between a lowercase letter and a capital.
    private static func leavesLowercase(_ letters: [Character], _ index: Int) -> Bool {
        letters[index].isUppercase && letters[index - 1].isLowercase
    }

    private static func insertUnderscores(_ word: String, before condition: ([Character], Int) -> Bool) -> String {
        let letters = Array(word)
        var result = ""
        for index in letters.indices {
            if index > 0, condition(letters, index) { result.append("_") }
            result.append(letters[index])
        }
        return result
    }
}
