extension Primitive {
    /// Which operation a primitive is, its attributes aside: what tables of rules and tests go by.
    ///
    /// The key is the case's name, with the operation's where a case has several: `"select"`, `"unary.exp"`,
    /// `"reduce.sum"`, `"composite.softmax"`. `Kind.allCases` lists every one.
    public struct Kind: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        public let key: String
        public var description: String { key }

        fileprivate init(_ family: Family, _ member: String? = nil) {
            key = member.map { "\(family.rawValue).\($0)" } ?? family.rawValue
        }

        public static let allCases: [Kind] = Family.allCases.flatMap(\.kinds)
    }

    public var kind: Kind {
        switch self {
        case .parameter: Kind(.parameter)
        case .constant: Kind(.constant)
        case .iota: Kind(.iota)
        case .unary(let operation): Kind(.unary, operation.rawValue)
        case .binary(let operation): Kind(.binary, operation.rawValue)
        case .compare(let comparison): Kind(.compare, comparison.rawValue)
        case .select: Kind(.select)
        case .convert: Kind(.convert)
        case .bitcast: Kind(.bitcast)
        case .reshape: Kind(.reshape)
        case .transpose: Kind(.transpose)
        case .broadcast: Kind(.broadcast)
        case .slice: Kind(.slice)
        case .dynamicSlice: Kind(.dynamicSlice)
        case .dynamicUpdate: Kind(.dynamicUpdate)
        case .concatenate: Kind(.concatenate)
        case .pad: Kind(.pad)
        case .reverse: Kind(.reverse)
        case .reduce(let reduction, _): Kind(.reduce, reduction.rawValue)
        case .argReduce(let reduction, _): Kind(.argReduce, reduction.rawValue)
        case .cumulative(let operation, _, _): Kind(.cumulative, operation.rawValue)
        case .matmul: Kind(.matmul)
        case .convolution: Kind(.convolution)
        case .reduceWindow(let reduction, _): Kind(.reduceWindow, reduction.rawValue)
        case .maxWindowGradient: Kind(.maxWindowGradient)
        case .gather: Kind(.gather)
        case .scatter(let reduction, _, _): Kind(.scatter, reduction.rawValue)
        case .sort: Kind(.sort)
        case .topK: Kind(.topK)
        case .randomBits: Kind(.randomBits)
        case .scan: Kind(.scan)
        case .conditional: Kind(.conditional)
        case .identity: Kind(.identity)
        case .stopGradient: Kind(.stopGradient)
        case .composite(let composite): Kind(.composite, composite.member.rawValue)
        }
    }
}

/// The cases of `Primitive` without what they carry.
private enum Family: String, CaseIterable {
    case parameter, constant, iota
    case unary, binary, compare, select, convert, bitcast
    case reshape, transpose, broadcast, slice, dynamicSlice, dynamicUpdate, concatenate, pad, reverse
    case reduce, argReduce, cumulative, matmul, convolution, reduceWindow, maxWindowGradient
    case gather, scatter, sort, topK, randomBits
    case scan, conditional, identity, stopGradient, composite

    var kinds: [Primitive.Kind] {
        func members<M: CaseIterable & RawRepresentable>(_: M.Type) -> [Primitive.Kind] where M.RawValue == String {
            M.allCases.map { Primitive.Kind(self, $0.rawValue) }
        }
        return switch self {
        case .unary: members(Unary.self)
        case .binary: members(Binary.self)
        case .compare: members(Comparison.self)
        case .reduce: members(Reduction.self)
        case .argReduce: members(ArgReduction.self)
        case .cumulative: members(Cumulative.self)
        case .reduceWindow: members(WindowReduction.self)
        case .scatter: members(ScatterReduction.self)
        case .composite: members(Composite.Member.self)
        case .parameter, .constant, .iota, .select, .convert, .bitcast,
             .reshape, .transpose, .broadcast, .slice, .dynamicSlice, .dynamicUpdate, .concatenate, .pad, .reverse,
             .matmul, .convolution, .maxWindowGradient, .gather, .sort, .topK, .randomBits,
             .scan, .conditional, .identity, .stopGradient:
            [Primitive.Kind(self)]
        }
    }
}

extension Composite {
    /// The cases of `Composite` without what they carry.
    fileprivate enum Member: String, CaseIterable {
        case softmax, logSoftmax, gelu, geluGradient
        case sparseCrossEntropy, sparseCrossEntropyGradient, softmaxCrossEntropy
        case layerNormalization, layerNormalizationGradient, batchNormalization, batchNormalizationGradient
        case convolutionInputGradient, convolutionKernelGradient
        case lstm, lstmGradient, gru
    }

    fileprivate var member: Member {
        switch self {
        case .softmax: .softmax
        case .logSoftmax: .logSoftmax
        case .gelu: .gelu
        case .geluGradient: .geluGradient
        case .sparseCrossEntropy: .sparseCrossEntropy
        case .sparseCrossEntropyGradient: .sparseCrossEntropyGradient
        case .softmaxCrossEntropy: .softmaxCrossEntropy
        case .layerNormalization: .layerNormalization
        case .layerNormalizationGradient: .layerNormalizationGradient
        case .batchNormalization: .batchNormalization
        case .batchNormalizationGradient: .batchNormalizationGradient
        case .convolutionInputGradient: .convolutionInputGradient
        case .convolutionKernelGradient: .convolutionKernelGradient
        case .lstm: .lstm
        case .lstmGradient: .lstmGradient
        case .gru: .gru
        }
    }
}
