// Transposes in registers; for files that include simd.hpp.
namespace CK_ISA {
namespace {

template <int W, bool high> struct Interleave;
#define CK_INTERLEAVE(W, high, ...)                                                          \
    template <> struct Interleave<W, high> {                                                 \
        template <class V> static CK_ALWAYS V of(V a, V b) { return __builtin_shufflevector(a, b, __VA_ARGS__); } \
    };
CK_INTERLEAVE(2, false, 0, 2)
CK_INTERLEAVE(2, true, 1, 3)
CK_INTERLEAVE(4, false, 0, 4, 1, 5)
CK_INTERLEAVE(4, true, 2, 6, 3, 7)
CK_INTERLEAVE(8, false, 0, 8, 1, 9, 2, 10, 3, 11)
CK_INTERLEAVE(8, true, 4, 12, 5, 13, 6, 14, 7, 15)
CK_INTERLEAVE(16, false, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
CK_INTERLEAVE(16, true, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#undef CK_INTERLEAVE

/// to[p * rowTo + i] = from[i * rowFrom + p] for `rows` (missing ones are zeros, up to the lanes) and `columns` (up to the lanes).
template <class T> CK_ALWAYS void transposeBlock(const T *from, int64_t rowFrom, int rows, int columns, T *to, int64_t rowTo) {
    constexpr int W = lanes<T>;
    Vector<T> r[W], t[W];
    if (rows == W && columns == W) {
#pragma clang loop unroll(full)
        for (int i = 0; i < W; i++) r[i] = load(from + i * rowFrom);
    } else {
#pragma clang loop unroll(full)
        for (int i = 0; i < W; i++) r[i] = i < rows ? loadFirst(from + i * rowFrom, columns) : Vector<T>{};
    }
#pragma clang loop unroll(full)
    for (int stage = 1; stage < W; stage *= 2) {
#pragma clang loop unroll(full)
        for (int i = 0; i < W / 2; i++) {
            t[2 * i] = Interleave<W, false>::of(r[i], r[i + W / 2]);
            t[2 * i + 1] = Interleave<W, true>::of(r[i], r[i + W / 2]);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < W; i++) r[i] = t[i];
    }
#pragma clang loop unroll(full)
    for (int p = 0; p < W; p++)
        if (p < columns) store(to + p * rowTo, r[p]);
}

}  // namespace
}  // namespace CK_ISA
