// The sequential matrix product of one block, in one version for each instruction set.
#pragma once
#include <stdint.h>

/// c = activation(a · b + bias), or c += …: element (i, p) of a is `a[i * rowA + p * columnA]`, one stride of each
/// operand is 1. Each result is one chain of sums over k whose grouping depends on k alone, so that a product may be
/// cut into blocks of rows and columns in any way and gives the same bits.
template <class T> struct GemmBlock {
    const T *a, *b;
    T *c;
    const T *bias;  ///< of this block's columns, or NULL
    int64_t m, n, k;
    int64_t rowA, columnA, rowB, columnB, rowC;
    bool accumulate, relu;
    bool streaming; ///< few rows, and a B that is greater than the caches: it is read row by row, once
    bool oneBias;   ///< one number for all columns (of `dot` only)
};

/// What a product's plan asks of an instruction set.
template <class T> struct GemmKernels {
    const char *name;
    int rows, columns;  ///< of the register block: cuts at multiples of these are good
    void (*outer)(const GemmBlock<T> &);
    /// For few rows and `columnA == 1`, `rowB == 1`: products of rows.
    void (*dot)(const GemmBlock<T> &);
};

template <class T> const GemmKernels<T> &gemmKernels();

namespace ck_avx512 { extern const GemmKernels<float> gemmFloat; extern const GemmKernels<double> gemmDouble; }
namespace ck_avx2 { extern const GemmKernels<float> gemmFloat; extern const GemmKernels<double> gemmDouble; }
namespace ck_base { extern const GemmKernels<float> gemmFloat; extern const GemmKernels<double> gemmDouble; }
