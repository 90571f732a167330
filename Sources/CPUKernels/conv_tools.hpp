// Loops around oneDNN's convolutions, in one version for each instruction set.
#pragma once
#include <stdint.h>

struct ConvTools {
    /// x [rows, columns] = max(x, 0); NaN stays, which oneDNN's own ReLU would make 0. With bias [columns]: max(x + bias, 0).
    void (*relu)(float *x, int64_t rows, int64_t columns, const float *bias);
    /// x [rows, columns] += bias [columns]
    void (*addBias)(float *x, int64_t rows, int64_t columns, const float *bias);
    /// to += from
    void (*add)(float *to, const float *from, int64_t count);
    /// to[column * rowTo + row] = from[row * rowFrom + column]
    void (*transpose)(const float *from, int64_t rowFrom, int64_t rows, int64_t columns, float *to, int64_t rowTo);
};

namespace ck_avx512 { extern const ConvTools convTools; }
namespace ck_avx2 { extern const ConvTools convTools; }
namespace ck_base { extern const ConvTools convTools; }

/// Of the instruction set in use.
const ConvTools &convTools();
