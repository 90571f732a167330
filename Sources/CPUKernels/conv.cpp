// Convolutions: the choice of a way for a geometry and element type.
#include "conv.hpp"
#include "half.hpp"

ConvGeometry::ConvGeometry(const ck_conv_config &c) {
    batch = c.batch, channels = c.channels, filters = c.filters, groups = c.groups;
    const int lead = 3 - c.spatial;
    for (int i = 0; i < 3; i++) {
        const int from = i - lead;
        const bool there = from >= 0;
        input[i] = there ? c.input[from] : 1;
        kernel[i] = there ? c.kernel[from] : 1;
        output[i] = there ? c.output[from] : 1;
        stride[i] = there ? c.stride[from] : 1;
        low[i] = there ? c.low[from] : 0;
        inputDilation[i] = there ? c.input_dilation[from] : 1;
        kernelDilation[i] = there ? c.kernel_dilation[from] : 1;
    }
}

namespace {

int64_t firstCount(const ck_conv_config &c) {
    const ConvGeometry g(c);
    return c.kind == CK_CONV_INPUT_GRADIENT ? g.kernelCount() : g.inputCount();
}
int64_t secondCount(const ck_conv_config &c) {
    const ConvGeometry g(c);
    return c.kind == CK_CONV_FORWARD ? g.kernelCount() : g.outputCount();
}
int64_t resultCount(const ck_conv_config &c) {
    const ConvGeometry g(c);
    return c.kind == CK_CONV_FORWARD ? g.outputCount() : c.kind == CK_CONV_INPUT_GRADIENT ? g.inputCount() : g.kernelCount();
}

// MARK: Kernels of one place

/// A convolution whose windows are single places is a matrix product.
class MatmulConv final : public ConvWay {
public:
    static std::unique_ptr<ConvWay> make(const ck_conv_config &c) {
        const ConvGeometry g(c);
        if (g.taps() != 1 || c.groups != 1) return nullptr;
        for (int i = 0; i < c.spatial; i++)
            if (c.stride[i] != 1 || c.low[i] != 0 || c.high[i] != 0 || c.input_dilation[i] != 1) return nullptr;
        const int64_t places = c.batch * g.outputPlaces();
        ck_matmul_config m = {};
        m.dtype = c.dtype;
        m.batch = 1;
        m.m = c.kind == CK_CONV_KERNEL_GRADIENT ? c.channels : places;
        m.n = c.kind == CK_CONV_INPUT_GRADIENT ? c.channels : c.filters;
        m.k = c.kind == CK_CONV_FORWARD ? c.channels : c.kind == CK_CONV_INPUT_GRADIENT ? c.filters : places;
        m.transpose_a = c.kind == CK_CONV_KERNEL_GRADIENT;
        m.transpose_b = c.kind == CK_CONV_INPUT_GRADIENT;
        m.bias = c.bias;
        m.activation = c.activation;
        m.threads = c.threads;
        m.deterministic = c.deterministic;
        std::unique_ptr<MatmulConv> result(new MatmulConv());
        result->exchanged = c.kind == CK_CONV_INPUT_GRADIENT;
        result->plan.reset(ck_matmul_create(&m));
        if (!result->plan) return nullptr;
        return result;
    }
    int run(const void *first, const void *second, const void *bias, void *out) const override {
        return exchanged ? ck_matmul_run(plan.get(), second, first, bias, out) : ck_matmul_run(plan.get(), first, second, bias, out);
    }
    const char *path() const override { return ck_matmul_path(plan.get()); }

private:
    struct Destroy { void operator()(ck_matmul *plan) const { ck_matmul_destroy(plan); } };
    std::unique_ptr<ck_matmul, Destroy> plan;
    bool exchanged = false;
};

// MARK: Loops

template <class T> class LoopsConv final : public ConvWay {
public:
    LoopsConv(const ck_conv_config &c, const DirectConvKernels<T> &kernels)
        : conv{ConvGeometry(c), c.kind, c.bias, c.activation == CK_ACTIVATION_RELU, c.threads}, kernels(kernels) {
        const double work = double(conv.g.outputCount()) * double(conv.g.taps()) * double(c.channels) / double(c.groups);
        conv.threads = ck_good_threads(work / 2, c.threads);
    }
    int run(const void *first, const void *second, const void *bias, void *out) const override {
        kernels.run(conv, static_cast<const T *>(first), static_cast<const T *>(second), static_cast<const T *>(bias), static_cast<T *>(out));
        return CK_OK;
    }
    const char *path() const override { return "direct"; }

private:
    DirectConv conv;
    const DirectConvKernels<T> &kernels;
};

const DirectConvKernels<float> &floatLoops() {
#if defined(__x86_64__)
    if (ckIsa() == ckIsaAvx512) return ck_avx512::convFloat;
    if (ckIsa() == ckIsaAvx2) return ck_avx2::convFloat;
#endif
    return ck_base::convFloat;
}

const DirectConvKernels<double> &doubleLoops() {
#if defined(__x86_64__)
    if (ckIsa() == ckIsaAvx512) return ck_avx512::convDouble;
    if (ckIsa() == ckIsaAvx2) return ck_avx2::convDouble;
#endif
    return ck_base::convDouble;
}

// MARK: float16, bfloat16

std::unique_ptr<ConvWay> makeFloatConv(const ck_conv_config &c);

template <class S> class HalfConv final : public ConvWay {
public:
    explicit HalfConv(const ck_conv_config &c) : config(c) {
        config.dtype = CK_F32;
        inner = makeFloatConv(config);
        counts[0] = firstCount(c), counts[1] = secondCount(c), counts[2] = resultCount(c);
        counts[3] = c.bias ? c.filters : 0;
        buffers.count = counts[0] + counts[1] + counts[2] + counts[3];
    }
    int run(const void *first, const void *second, const void *bias, void *out) const override {
        // Not the thread's scratch memory: the inner way may use that.
        Pool::Buffer memory = buffers.take();
        if (!memory) return ckFail(CK_ERROR_MEMORY, "no memory to convert a convolution's operands");
        float *a = memory.get(), *b = a + counts[0], *y = b + counts[1], *z = y + counts[2];
        widen(static_cast<const S *>(first), a, counts[0]);
        widen(static_cast<const S *>(second), b, counts[1]);
        widen(static_cast<const S *>(bias), z, counts[3]);
        const int status = inner->run(a, b, z, y);
        if (status != CK_OK) return status;
        S *to = static_cast<S *>(out);
        share(counts[2], [&](int64_t i) { ckFromFloat(y[i], &to[i]); });
        buffers.give(std::move(memory));
        return CK_OK;
    }
    const char *path() const override { return inner->path(); }

private:
    ck_conv_config config;
    std::unique_ptr<ConvWay> inner;
    int64_t counts[4];

    Pool buffers;

    void widen(const S *from, float *to, int64_t count) const {
        share(count, [&](int64_t i) { to[i] = ckToFloat(from[i]); });
    }
    template <class Body> void share(int64_t count, const Body &body) const {
        const int threads = ck_good_threads(double(count) / 2, config.threads);
        ckParallelFor(threads, [&](int part) {
            const CkRange range = ckPart(count, part, threads);
            for (int64_t i = range.begin; i < range.end; i++) body(i);
        });
    }
};

// MARK: The choice

std::unique_ptr<ConvWay> makeFloatConv(const ck_conv_config &c) {
    ck_conv_config config = c;
    const ConvGeometry g(c);
    const double work = 2.0 * double(g.outputCount()) * double(g.taps()) * double(c.channels) / double(c.groups);
    config.threads = ck_good_threads(work / 40 + 4 * double(g.inputCount() + g.outputCount()) / 20, c.threads);
    std::unique_ptr<ConvWay> way;
    if (resultCount(c) > 0 && firstCount(c) > 0 && secondCount(c) > 0) {
        way = makeGoodConv(config);
    }
    if (!way) way.reset(new LoopsConv<float>(c, floatLoops()));
    return way;
}

std::unique_ptr<ConvWay> makeConv(const ck_conv_config &c) {
    if (auto way = MatmulConv::make(c)) return way;
    switch (c.dtype) {
    case CK_F32: return makeFloatConv(c);
    case CK_F64: return std::unique_ptr<ConvWay>(new LoopsConv<double>(c, doubleLoops()));
    case CK_F16: return std::unique_ptr<ConvWay>(new HalfConv<CkHalf>(c));
    case CK_BF16: return std::unique_ptr<ConvWay>(new HalfConv<CkBFloat>(c));
    case CK_U8: case CK_I8: return std::unique_ptr<ConvWay>(new LoopsConv<uint8_t>(c, ck_base::convByte));
    case CK_U16: case CK_I16: return std::unique_ptr<ConvWay>(new LoopsConv<uint16_t>(c, ck_base::convShort));
    case CK_U32: case CK_I32: return std::unique_ptr<ConvWay>(new LoopsConv<uint32_t>(c, ck_base::convInt));
    default: return std::unique_ptr<ConvWay>(new LoopsConv<uint64_t>(c, ck_base::convLong));
    }
}

const char *fault(const ck_conv_config &c) {
    if (c.kind < CK_CONV_FORWARD || c.kind > CK_CONV_KERNEL_GRADIENT) return "no such kind";
    if (c.dtype <= CK_BOOL || c.dtype > CK_F64) return "no such element type";
    if (c.spatial < 1 || c.spatial > CK_CONV_MAX_SPATIAL) return "1 to 3 spatial axes";
    if (c.batch < 0 || c.channels < 0 || c.filters < 0 || c.groups < 1) return "negative sizes, or no group";
    if (c.channels % c.groups != 0 || c.filters % c.groups != 0) return "groups must divide channels and filters";
    for (int i = 0; i < c.spatial; i++) {
        if (c.input[i] < 0 || c.kernel[i] < 1 || c.output[i] < 0) return "negative sizes, or an empty kernel";
        if (c.stride[i] < 1 || c.input_dilation[i] < 1 || c.kernel_dilation[i] < 1) return "strides and dilations must be 1 or more";
        const int64_t dilated = c.input[i] > 0 ? (c.input[i] - 1) * c.input_dilation[i] + 1 : 0;
        const int64_t room = dilated + c.low[i] + c.high[i] - ((c.kernel[i] - 1) * c.kernel_dilation[i] + 1);
        if (c.output[i] != (room < 0 ? 0 : room / c.stride[i] + 1)) return "the output's size does not follow from the geometry";
    }
    const bool floating = c.dtype >= CK_F16;
    if ((c.bias || c.activation) && (c.kind != CK_CONV_FORWARD || !floating)) return "bias and activation are for forward convolutions of floating types";
    if (c.activation != CK_ACTIVATION_NONE && c.activation != CK_ACTIVATION_RELU) return "no such activation";
    return nullptr;
}

}  // namespace

struct ck_conv {
    std::unique_ptr<ConvWay> way;
    bool bias;
};

extern "C" ck_conv *ck_conv_create(const ck_conv_config *config) {
    ck_conv_config c = *config;
    if (c.threads < 1) c.threads = 1;
    if (const char *text = fault(c)) return ckFail(CK_ERROR_ARGUMENT, "convolution: %s", text), nullptr;
    try {
        std::unique_ptr<ck_conv> plan(new ck_conv{makeConv(c), c.bias});
        return plan.release();
    } catch (const std::bad_alloc &) {
        return ckFail(CK_ERROR_MEMORY, "no memory for a convolution's plan"), nullptr;
    } catch (const std::exception &error) {
        return ckFail(CK_ERROR_LIBRARY, "convolution: %s", error.what()), nullptr;
    }
}

extern "C" void ck_conv_destroy(ck_conv *plan) { delete plan; }
extern "C" const char *ck_conv_path(const ck_conv *plan) { return plan->way->path(); }

extern "C" int ck_conv_run(const ck_conv *plan, const void *first, const void *second, const void *bias, void *out) {
    if (plan->bias && !bias) return ckFail(CK_ERROR_ARGUMENT, "convolution: the bias is missing");
    try {
        return plan->way->run(first, second, bias, out);
    } catch (const std::exception &error) {
        return ckFail(CK_ERROR_LIBRARY, "convolution: %s", error.what());
    }
}
