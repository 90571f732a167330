// Matrix products: plans, the cut into blocks for threads, and the element types that have no kernel of their own.
#include "dnn_common.hpp"
#include "gemm.hpp"
#include "half.hpp"

#ifndef __OPTIMIZE__
#include <oneapi/dnnl/dnnl.h>
#endif

template <> const GemmKernels<float> &gemmKernels<float>() {
#if defined(__x86_64__)
    switch (ckIsa()) {
    case ckIsaAvx512: return ck_avx512::gemmFloat;
    case ckIsaAvx2: return ck_avx2::gemmFloat;
    case ckIsaBase: break;
    }
#endif
    return ck_base::gemmFloat;
}

template <> const GemmKernels<double> &gemmKernels<double>() {
#if defined(__x86_64__)
    switch (ckIsa()) {
    case ckIsaAvx512: return ck_avx512::gemmDouble;
    case ckIsaAvx2: return ck_avx2::gemmDouble;
    case ckIsaBase: break;
    }
#endif
    return ck_base::gemmDouble;
}

namespace {

/// A product's sizes and strides (in elements), all resolved.
struct Geometry {
    int64_t batch, m, n, k;
    int64_t rowA, columnA, rowB, columnB, rowC;   // of op(a), op(b), out
    int64_t batchA, batchB, batchC;
    bool bias, relu, accumulate;
};

enum class Way { none, floats, doubles, half, bfloat, integers, library };

}  // namespace

struct ck_matmul {
    ck_matmul_config config;
    Geometry g;
    Way way;
    bool dot;             // products of rows of A and B
    bool streaming;       // of `GemmBlock`
    int threads;          // that work
    int rowParts, columnParts;
    int64_t columnUnit;   // cuts between columns are at multiples of it
    const GemmKernels<float> *floats;
    const GemmKernels<double> *doubles;
    bool exchanged;       // the product is of transposed operands: b first
    const char *path;
};

namespace {

template <class T> const GemmKernels<T> &kernelsOf(const ck_matmul &plan);
template <> const GemmKernels<float> &kernelsOf(const ck_matmul &plan) { return *plan.floats; }
template <> const GemmKernels<double> &kernelsOf(const ck_matmul &plan) { return *plan.doubles; }

template <class T>
void runBlocks(const ck_matmul &plan, const Geometry &g, const T *a, const T *b, const T *bias, T *c) {
    const GemmKernels<T> &kernels = kernelsOf<T>(plan);
    const int parts = plan.rowParts * plan.columnParts;
    const int64_t tasks = g.batch * parts;
    const int64_t units = (g.n + plan.columnUnit - 1) / plan.columnUnit;
    ckParallelFor(plan.threads, [&](int part) {
        const CkRange range = ckPart(tasks, part, plan.threads);
        for (int64_t task = range.begin; task < range.end; task++) {
            const int64_t item = task / parts;
            const int inside = int(task % parts);
            const CkRange rows = ckPart(g.m, inside / plan.columnParts, plan.rowParts);
            CkRange columns = ckPart(units, inside % plan.columnParts, plan.columnParts);
            columns.begin *= plan.columnUnit;
            columns.end *= plan.columnUnit;
            if (columns.end > g.n) columns.end = g.n;
            GemmBlock<T> block;
            block.a = a + item * g.batchA + rows.begin * g.rowA;
            block.b = b + item * g.batchB + columns.begin * g.columnB;
            block.c = c + item * g.batchC + rows.begin * g.rowC + columns.begin;
            block.bias = g.bias ? bias + (plan.exchanged ? 0 : columns.begin) : nullptr;
            block.oneBias = plan.exchanged;
            block.m = rows.end - rows.begin;
            block.n = columns.end - columns.begin;
            block.k = g.k;
            block.rowA = g.rowA, block.columnA = g.columnA;
            block.rowB = g.rowB, block.columnB = g.columnB;
            block.rowC = g.rowC;
            block.accumulate = g.accumulate;
            block.relu = g.relu;
            block.streaming = plan.streaming;
            (plan.dot ? kernels.dot : kernels.outer)(block);
        }
    });
}

// MARK: float16, bfloat16

template <class S>
void widenRows(const S *from, int64_t rowFrom, float *to, int64_t rows, int64_t columns) {
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++) to[i * columns + j] = ckToFloat(from[i * rowFrom + j]);
}

template <class S>
void narrowRows(const float *from, S *to, int64_t rowTo, int64_t rows, int64_t columns) {
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++) ckFromFloat(from[i * columns + j], &to[i * rowTo + j]);
}

/// Converts as many products as fit into a moderate piece of memory, multiplies, converts back.
template <class S>
int runThroughFloat(const ck_matmul &plan, const S *a, const S *b, const S *bias, S *c) {
    const ck_matmul_config &config = plan.config;
    const Geometry &g = plan.g;
    const int64_t rowsA = config.transpose_a ? g.k : g.m, columnsA = config.transpose_a ? g.m : g.k;
    const int64_t rowsB = config.transpose_b ? g.n : g.k, columnsB = config.transpose_b ? g.k : g.n;
    const int64_t strideA = config.transpose_a ? g.columnA : g.rowA, strideB = config.transpose_b ? g.columnB : g.rowB;
    const int64_t sizeA = (g.m * g.k + 15) & ~15, sizeB = (g.k * g.n + 15) & ~15, sizeC = (g.m * g.n + 15) & ~15;
    constexpr int64_t budget = 8 << 20;
    int64_t group = budget / (sizeA + sizeB + sizeC + 1);
    if (group < plan.threads) group = plan.threads;
    if (group > g.batch) group = g.batch;
    float *memory = static_cast<float *>(ckOuterScratch(size_t(group * (sizeA + sizeB + sizeC) + g.n) * sizeof(float)));
    if (!memory) return ckFail(CK_ERROR_MEMORY, "no memory to convert a matrix product's operands");
    float *fa = memory, *fb = fa + group * sizeA, *fc = fb + group * sizeB, *fbias = fc + group * sizeC;
    if (g.bias) for (int64_t j = 0; j < g.n; j++) fbias[j] = ckToFloat(bias[j]);
    Geometry inner = g;
    inner.rowA = config.transpose_a ? 1 : g.k, inner.columnA = config.transpose_a ? g.m : 1;
    inner.rowB = config.transpose_b ? 1 : g.n, inner.columnB = config.transpose_b ? g.k : 1;
    inner.rowC = g.n;
    inner.batchA = g.batchA == 0 ? 0 : sizeA, inner.batchB = g.batchB == 0 ? 0 : sizeB, inner.batchC = sizeC;
    for (int64_t first = 0; first < g.batch; first += group) {
        inner.batch = g.batch - first < group ? g.batch - first : group;
        ckParallelFor(plan.threads, [&](int part) {
            for (int64_t i = 0; i < (g.batchA == 0 ? (first == 0) : inner.batch); i++) {
                const CkRange r = ckPart(rowsA, part, plan.threads);
                widenRows(a + (first + i) * g.batchA + r.begin * strideA, strideA, fa + i * sizeA + r.begin * columnsA, r.end - r.begin, columnsA);
            }
            for (int64_t i = 0; i < (g.batchB == 0 ? (first == 0) : inner.batch); i++) {
                const CkRange r = ckPart(rowsB, part, plan.threads);
                widenRows(b + (first + i) * g.batchB + r.begin * strideB, strideB, fb + i * sizeB + r.begin * columnsB, r.end - r.begin, columnsB);
            }
            for (int64_t i = 0; i < (g.accumulate ? inner.batch : 0); i++) {
                const CkRange r = ckPart(g.m, part, plan.threads);
                widenRows(c + (first + i) * g.batchC + r.begin * g.rowC, g.rowC, fc + i * sizeC + r.begin * g.n, r.end - r.begin, g.n);
            }
        });
        runBlocks<float>(plan, inner, fa, fb, fbias, fc);
        ckParallelFor(plan.threads, [&](int part) {
            for (int64_t i = 0; i < inner.batch; i++) {
                const CkRange r = ckPart(g.m, part, plan.threads);
                narrowRows(fc + i * sizeC + r.begin * g.n, c + (first + i) * g.batchC + r.begin * g.rowC, g.rowC, r.end - r.begin, g.n);
            }
        });
    }
    return CK_OK;
}

// MARK: Integers and bool

struct Bool { uint8_t value; };

template <class T> struct Ring {
    static T add(T sum, T a, T b) { return T(sum + T(uint64_t(a) * uint64_t(b))); }
};
template <> struct Ring<uint8_t> { static uint8_t add(uint8_t s, uint8_t a, uint8_t b) { return uint8_t(s + unsigned(a) * b); } };
template <> struct Ring<uint16_t> { static uint16_t add(uint16_t s, uint16_t a, uint16_t b) { return uint16_t(s + unsigned(a) * b); } };
template <> struct Ring<uint32_t> { static uint32_t add(uint32_t s, uint32_t a, uint32_t b) { return s + a * b; } };
template <> struct Ring<Bool> {
    static Bool add(Bool s, Bool a, Bool b) { return Bool{uint8_t(s.value | ((a.value != 0) & (b.value != 0)))}; }
};

/// Unsigned arithmetic wraps around as signed numbers do in two's complement.
template <class T> void runRing(const ck_matmul &plan, const void *va, const void *vb, void *vc) {
    const Geometry &g = plan.g;
    ckParallelFor(plan.threads, [&](int part) {
        const CkRange range = ckPart(g.batch * g.m, part, plan.threads);
        for (int64_t at = range.begin; at < range.end; at++) {
            const int64_t item = at / g.m, i = at % g.m;
            const T *a = static_cast<const T *>(va) + item * g.batchA + i * g.rowA;
            const T *b = static_cast<const T *>(vb) + item * g.batchB;
            T *c = static_cast<T *>(vc) + item * g.batchC + i * g.rowC;
            if (!g.accumulate) memset(c, 0, size_t(g.n) * sizeof(T));
            if (g.columnB == 1) {
                for (int64_t p = 0; p < g.k; p++) {
                    const T x = a[p * g.columnA];
                    const T *row = b + p * g.rowB;
                    for (int64_t j = 0; j < g.n; j++) c[j] = Ring<T>::add(c[j], x, row[j]);
                }
            } else {
                for (int64_t j = 0; j < g.n; j++) {
                    const T *row = b + j * g.columnB;
                    T sum = c[j];
                    for (int64_t p = 0; p < g.k; p++) sum = Ring<T>::add(sum, a[p * g.columnA], row[p * g.rowB]);
                    c[j] = sum;
                }
            }
        }
    });
}

// MARK: oneDNN

#ifndef __OPTIMIZE__
/// Unoptimised builds (`swift test`) would spend their time in our kernels: there oneDNN does the work.
int runLibrary(const ck_matmul &plan, const float *a, const float *b, const float *bias, float *c) {
    const Geometry &g = plan.g;
    ck_set_threads(plan.threads);
    for (int64_t item = 0; item < g.batch; item++) {
        float *out = c + item * g.batchC;
        const bool ta = plan.config.transpose_a, tb = plan.config.transpose_b;
        if (dnnl_sgemm(ta ? 'T' : 'N', tb ? 'T' : 'N', g.m, g.n, g.k, 1.0f, a + item * g.batchA, ta ? g.columnA : g.rowA,
                       b + item * g.batchB, tb ? g.columnB : g.rowB, g.accumulate ? 1.0f : 0.0f, out, g.rowC) != dnnl_success)
            return ckFail(CK_ERROR_LIBRARY, "dnnl_sgemm failed");
        if (!g.bias && !g.relu) continue;
        for (int64_t i = 0; i < g.m; i++)
            for (int64_t j = 0; j < g.n; j++) {
                float x = out[i * g.rowC + j] + (g.bias ? bias[j] : 0);
                out[i * g.rowC + j] = g.relu && x < 0 ? 0 : x;
            }
    }
    return CK_OK;
}
#endif

// MARK: Plans

/// Cuts the product so that the greatest part is small, and what its operands cost to read is too.
void choosePartition(ck_matmul &plan) {
    const Geometry &g = plan.g;
    const int threads = plan.threads;
    plan.rowParts = plan.columnParts = 1;
    if (threads <= 1) return;
    // Whole products if they can be dealt out evenly enough.
    if (g.batch >= 4 * int64_t(threads) || g.batch % threads == 0) return;
    const int wanted = g.batch == 1 ? threads : g.batch >= threads ? threads : int((threads + g.batch - 1) / g.batch);
    const int64_t units = (g.n + plan.columnUnit - 1) / plan.columnUnit;
    double best = -1;
    for (int columns = 1; columns <= wanted && columns <= units; columns++) {
        const int64_t most = g.m > 0 ? g.m : 1;
        const int rows = int(wanted / columns < most ? wanted / columns : most);
        const double width = double((units + columns - 1) / columns) * double(plan.columnUnit);
        const double height = double((g.m + rows - 1) / rows);
        const double packing = plan.config.transpose_b && !plan.dot ? 24 : 4;
        const double cost = height * width + packing * width + 6 * height;
        if (best < 0 || cost < best) {
            best = cost;
            plan.rowParts = rows;
            plan.columnParts = columns;
        }
    }
}

bool negativeOrHuge(int64_t x) { return x < 0 || x > (int64_t(1) << 48); }

}  // namespace

extern "C" ck_matmul *ck_matmul_create(const ck_matmul_config *config) {
    const ck_matmul_config &c = *config;
    const bool floating = c.dtype == CK_F16 || c.dtype == CK_BF16 || c.dtype == CK_F32 || c.dtype == CK_F64;
    if (c.dtype < CK_BOOL || c.dtype > CK_F64) return ckFail(CK_ERROR_ARGUMENT, "matrix product: no element type %d", c.dtype), nullptr;
    if (negativeOrHuge(c.batch) || negativeOrHuge(c.m) || negativeOrHuge(c.n) || negativeOrHuge(c.k))
        return ckFail(CK_ERROR_ARGUMENT, "matrix product: sizes out of range"), nullptr;
    if (!floating && (c.bias || c.activation != CK_ACTIVATION_NONE))
        return ckFail(CK_ERROR_ARGUMENT, "matrix product: bias and activation are for floating types"), nullptr;
    if (c.dtype == CK_BOOL && c.accumulate) return ckFail(CK_ERROR_ARGUMENT, "matrix product: bool does not accumulate"), nullptr;
    if (c.activation != CK_ACTIVATION_NONE && c.activation != CK_ACTIVATION_RELU)
        return ckFail(CK_ERROR_ARGUMENT, "matrix product: no activation %d", c.activation), nullptr;

    ck_matmul *plan = new (std::nothrow) ck_matmul();
    if (!plan) return ckFail(CK_ERROR_MEMORY, "no memory for a plan"), nullptr;
    plan->config = c;
    Geometry &g = plan->g;
    g.batch = c.batch, g.m = c.m, g.n = c.n, g.k = c.k;
    const int64_t rowsA = c.transpose_a ? c.k : c.m, columnsA = c.transpose_a ? c.m : c.k;
    const int64_t rowsB = c.transpose_b ? c.n : c.k, columnsB = c.transpose_b ? c.k : c.n;
    const int64_t strideA = c.row_stride_a ? c.row_stride_a : columnsA;
    const int64_t strideB = c.row_stride_b ? c.row_stride_b : columnsB;
    g.rowA = c.transpose_a ? 1 : strideA, g.columnA = c.transpose_a ? strideA : 1;
    g.rowB = c.transpose_b ? 1 : strideB, g.columnB = c.transpose_b ? strideB : 1;
    g.rowC = c.row_stride_out ? c.row_stride_out : c.n;
    g.batchA = c.batch_stride_a == -1 ? 0 : c.batch_stride_a ? c.batch_stride_a : rowsA * strideA;
    g.batchB = c.batch_stride_b == -1 ? 0 : c.batch_stride_b ? c.batch_stride_b : rowsB * strideB;
    g.batchC = c.batch_stride_out ? c.batch_stride_out : c.m * g.rowC;
    g.bias = c.bias;
    g.relu = c.activation == CK_ACTIVATION_RELU;
    g.accumulate = c.accumulate;
    plan->floats = &gemmKernels<float>();
    plan->doubles = &gemmKernels<double>();
    plan->columnUnit = 1;

    // One product of many rows is better than many products with one right operand.
    if (g.batch > 1 && g.batchB == 0 && !c.transpose_a && g.batchA == g.m * g.rowA && g.batchC == g.m * g.rowC
        && c.dtype != CK_F16 && c.dtype != CK_BF16) {
        g.m *= g.batch;
        g.batch = 1;
    }

    const double work = 2.0 * double(g.batch) * double(g.m) * double(g.n) * double(g.k);
    double perNanosecond = 2;
    int lanes = 1;
    switch (c.dtype) {
    case CK_F32: case CK_F16: case CK_BF16:
        plan->way = c.dtype == CK_F32 ? Way::floats : c.dtype == CK_F16 ? Way::half : Way::bfloat;
        lanes = plan->floats->columns / 2;
        perNanosecond = lanes == 16 ? 120 : lanes == 8 ? 70 : 18;
        break;
    case CK_F64:
        plan->way = Way::doubles;
        lanes = plan->doubles->columns / 2;
        perNanosecond = lanes == 8 ? 60 : lanes == 4 ? 35 : 9;
        break;
    default: plan->way = Way::integers;
    }
    if (floating) {
        // A single column: a single row of the transposed product.
        if (c.dtype == CK_F32 || c.dtype == CK_F64) {
            if (g.n == 1 && g.rowC == 1 && g.rowB == 1 && g.m > 1 && g.k >= 8 && g.columnA == 1) {
                const Geometry old = g;
                g.m = 1, g.n = old.m;
                g.rowA = old.k, g.columnA = 1;
                g.rowB = 1, g.columnB = old.rowA;
                g.batchA = old.batchB, g.batchB = old.batchA;
                g.rowC = old.m;
                plan->exchanged = true;
            }
        }
        plan->dot = g.m <= 4 && g.k >= 8 && g.columnA == 1 && g.rowB == 1 && (g.columnB != 1 || g.n == 1);
        if (plan->way == Way::half || plan->way == Way::bfloat) plan->dot = false;
        plan->columnUnit = plan->dot ? 4 : lanes;
        constexpr double cached = 512 << 10;
        plan->streaming = g.m <= 14 && g.columnB == 1 && double(g.k) * double(g.n) * double(ck_size_of(c.dtype)) > cached;
    }
    const double bytes = double(ck_size_of(c.dtype)) * double(g.batch)
        * (double(g.m) * double(g.k) + double(g.k) * double(g.n) + double(g.m) * double(g.n));
    plan->threads = ck_good_threads(work / perNanosecond + bytes / 50, c.threads < 1 ? 1 : c.threads);
    if (plan->way == Way::integers) {
        if (int64_t(plan->threads) > g.batch * g.m) plan->threads = int(g.batch * g.m);
    } else choosePartition(*plan);
    if (plan->threads < 1) plan->threads = 1;

    static const char *const floatPaths[3] = {"float32 base", "float32 avx2", "float32 avx512"};
    static const char *const doublePaths[3] = {"float64 base", "float64 avx2", "float64 avx512"};
    switch (plan->way) {
    case Way::floats: plan->path = floatPaths[ckIsa()]; break;
    case Way::doubles: plan->path = doublePaths[ckIsa()]; break;
    case Way::half: plan->path = "float16 through float32"; break;
    case Way::bfloat: plan->path = "bfloat16 through float32"; break;
    default: plan->path = "integer";
    }
#ifndef __OPTIMIZE__
    if (plan->way == Way::floats && !c.deterministic && work > 1e5 && !plan->exchanged) {
        plan->way = Way::library;
        plan->path = "float32 oneDNN (unoptimised build)";
    }
#endif
    if (g.batch == 0 || g.m == 0 || g.n == 0) plan->way = Way::none;
    return plan;
}

extern "C" void ck_matmul_destroy(ck_matmul *plan) { delete plan; }
extern "C" const char *ck_matmul_path(const ck_matmul *plan) { return plan->path; }

extern "C" int ck_matmul_run(const ck_matmul *plan, const void *a, const void *b, const void *bias, void *out) {
    if (plan->exchanged) { const void *other = a; a = b; b = other; }
    const void *columns = plan->g.bias ? bias : nullptr;
    if (plan->g.bias && !bias) return ckFail(CK_ERROR_ARGUMENT, "matrix product: the bias is missing");
    switch (plan->way) {
    case Way::none: return CK_OK;
    case Way::floats:
        runBlocks<float>(*plan, plan->g, static_cast<const float *>(a), static_cast<const float *>(b), static_cast<const float *>(columns), static_cast<float *>(out));
        return CK_OK;
    case Way::doubles:
        runBlocks<double>(*plan, plan->g, static_cast<const double *>(a), static_cast<const double *>(b), static_cast<const double *>(columns), static_cast<double *>(out));
        return CK_OK;
    case Way::half:
        return runThroughFloat(*plan, static_cast<const CkHalf *>(a), static_cast<const CkHalf *>(b), static_cast<const CkHalf *>(columns), static_cast<CkHalf *>(out));
    case Way::bfloat:
        return runThroughFloat(*plan, static_cast<const CkBFloat *>(a), static_cast<const CkBFloat *>(b), static_cast<const CkBFloat *>(columns), static_cast<CkBFloat *>(out));
    case Way::integers:
        switch (plan->config.dtype) {
        case CK_BOOL: runRing<Bool>(*plan, a, b, out); break;
        case CK_U8: case CK_I8: runRing<uint8_t>(*plan, a, b, out); break;
        case CK_U16: case CK_I16: runRing<uint16_t>(*plan, a, b, out); break;
        case CK_U32: case CK_I32: runRing<uint32_t>(*plan, a, b, out); break;
        default: runRing<uint64_t>(*plan, a, b, out);
        }
        return CK_OK;
    case Way::library:
#ifndef __OPTIMIZE__
        return runLibrary(*plan, static_cast<const float *>(a), static_cast<const float *>(b), static_cast<const float *>(columns), static_cast<float *>(out));
#endif
        break;
    }
    return CK_OK;
}
