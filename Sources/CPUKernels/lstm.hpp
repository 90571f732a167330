// Long short-term memory over whole sequences: the loop of one thread, in one version for each instruction set.
#pragma once
#include <stdint.h>

/// Sizes, and what all threads read. Tensors as `ck_lstm` has them.
struct LstmLoop {
    int64_t time, units;
    bool reverse;
    const float *packed;   ///< the recurrent kernel as `pack` or `packTransposed` leaves it
};

struct LstmForward {
    const float *inputs, *h, *c;
    float *outputs, *lastH, *lastC, *gates, *cells;   ///< gates, cells: NULL if nobody reads them
};

struct LstmBackward {
    const float *firstC, *gates, *cells, *dOutputs, *dLastH, *dLastC;
    float *dInputs, *dFirstH, *dFirstC;
};

struct LstmKernels {
    /// Floats of the packed kernel, and of a thread's scratch memory for so many rows.
    int64_t (*packedCount)(int64_t units);
    int64_t (*scratchCount)(int64_t units, int64_t rows);
    void (*pack)(const float *kernel, int64_t units, float *to);
    void (*packTransposed)(const float *kernel, int64_t units, float *to);
    /// For rows begin ..< end of the batch.
    void (*forward)(const LstmLoop &, const LstmForward &, int64_t begin, int64_t end, float *scratch);
    void (*backward)(const LstmLoop &, const LstmBackward &, int64_t begin, int64_t end, float *scratch);
};

namespace ck_avx512 { extern const LstmKernels lstm; }
namespace ck_avx2 { extern const LstmKernels lstm; }
namespace ck_base { extern const LstmKernels lstm; }
