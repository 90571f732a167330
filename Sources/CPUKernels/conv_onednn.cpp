// Convolutions of float32 by oneDNN.
//
// Activations lie channels-last and the kernel [spatial…, channels, filters], which oneDNN is told by strides. Where an
// implementation wants another layout, a reorder goes before or after it. Each run at a time has its own memory objects
// and buffers, kept for the next.
#include "conv.hpp"
#include "conv_tools.hpp"
#include "dnnl_compat.hpp"

#include <stdlib.h>

#include <mutex>
#include <string>
#include <vector>

using compat::Desc;
using compat::Dims;

namespace {

/// Lives as long as the process: objects of other threads may outlast static destruction.
dnnl::engine &cpu() {
    static dnnl::engine *engine = new dnnl::engine(dnnl::engine::kind::cpu, 0);
    return *engine;
}

Desc any(const Dims &dims) {
    return Desc(dims, dnnl::memory::data_type::f32, dnnl::memory::format_tag::any);
}

/// An operand as the caller has it and as the primitive wants it.
struct Operand {
    int argument = 0;
    Desc outside, inside;
    bool result = false;
    bool differs = false;
    dnnl::reorder reorder;
};

/// What one run needs.
struct Context {
    dnnl::stream stream;
    std::vector<dnnl::memory> outside, inside;
    dnnl::memory scratchpad;
    std::vector<dnnl_exec_arg_t> arguments;
    std::vector<void *> buffers;

    ~Context() { for (void *buffer : buffers) free(buffer); }

    void *buffer(size_t bytes) {
        void *memory = aligned_alloc(64, (bytes + 127) & ~size_t(63));
        if (!memory) throw std::bad_alloc();
        buffers.push_back(memory);
        return memory;
    }
};

class LibraryConv final : public PackedConv {
public:
    dnnl::primitive primitive;
    std::vector<Operand> operands;   // first, second, out[, bias]
    size_t kernel = 1;               // its place among the operands
    Desc scratchpad;
    std::string name;
    int threads = 1;
    bool relu = false;
    int64_t resultCount = 0;

    int run(const void *first, const void *second, const void *bias, void *out) const override {
        if (!operands[kernel].differs) return finish(runPacked(first, second, bias, out), out);
        Pool::Buffer memory = packed.take();
        if (!memory) return ckFail(CK_ERROR_MEMORY, "no memory for a convolution's kernel");
        float *inside = memory.get();
        int status = CK_OK;
        switch (kernel) {
        case 0:
            status = pack(static_cast<const float *>(first), inside);
            if (status == CK_OK) status = runPacked(inside, second, bias, out);
            break;
        case 1:
            status = pack(static_cast<const float *>(second), inside);
            if (status == CK_OK) status = runPacked(first, inside, bias, out);
            break;
        default:
            status = runPacked(first, second, bias, inside);
            if (status == CK_OK) status = unpack(inside, static_cast<float *>(out));
        }
        packed.give(std::move(memory));
        return finish(status, out);
    }

    int64_t packedCount() const override { return int64_t(operands[kernel].inside.get_size() / sizeof(float)); }
    bool packsLike(const PackedConv &other) const override {
        const LibraryConv &library = static_cast<const LibraryConv &>(other);
        return operands[kernel].inside == library.operands[library.kernel].inside;
    }
    int pack(const float *from, float *to) const override {
        if (!operands[kernel].differs) return memcpy(to, from, size_t(packedCount()) * sizeof(float)), CK_OK;
        return move(kernel, const_cast<float *>(from), to, false);
    }
    int unpack(const float *from, float *to) const override {
        if (!operands[kernel].differs) return memcpy(to, from, size_t(packedCount()) * sizeof(float)), CK_OK;
        return move(kernel, to, const_cast<float *>(from), true);
    }

    int runPacked(const void *first, const void *second, const void *bias, void *out) const override {
        ck_set_threads(threads);
        return inContext([&](const Context &context) {
            const void *handles[4] = {first, second, out, bias};
            for (size_t i = 0; i < operands.size(); i++) {
                const dnnl::memory &memory = i == kernel ? context.inside[i] : context.outside[i];
                dnnl::error::wrap_c_api(dnnl_memory_set_data_handle(memory.get(), const_cast<void *>(handles[i])), "memory");
            }
            for (size_t i = 0; i < operands.size(); i++)
                if (operands[i].differs && !operands[i].result && i != kernel) move(context, i, false);
            dnnl::error::wrap_c_api(dnnl_primitive_execute(primitive.get(), context.stream.get(), int(context.arguments.size()),
                                                           context.arguments.data()), "convolution");
            for (size_t i = 0; i < operands.size(); i++)
                if (operands[i].differs && operands[i].result && i != kernel) move(context, i, true);
        });
    }

    const char *path() const override { return name.c_str(); }

    /// Makes what the first run needs, so that it can fail here.
    void prepare() {
        packed.count = packedCount();
        auto context = makeContext();
        idle.reserve(16);
        idle.push_back(std::move(context));
    }

private:
    Pool packed;
    mutable std::mutex mutex;
    mutable std::vector<std::unique_ptr<Context>> idle;

    /// The activation, after the library's work.
    int finish(int status, void *out) const {
        if (status != CK_OK || !relu) return status;
        ckParallelFor(threads, [&](int part) {
            const CkRange range = ckPart(resultCount, part, threads);
            convTools().relu(static_cast<float *>(out) + range.begin, 1, range.end - range.begin, nullptr);
        });
        return CK_OK;
    }

    template <class Body> int inContext(const Body &body) const {
        std::unique_ptr<Context> context;
        {
            std::lock_guard<std::mutex> lock(mutex);
            if (!idle.empty()) {
                context = std::move(idle.back());
                idle.pop_back();
            }
        }
        try {
            if (!context) context = makeContext();
            body(*context);
            std::lock_guard<std::mutex> lock(mutex);
            idle.push_back(std::move(context));
            return CK_OK;
        } catch (const std::bad_alloc &) {
            return ckFail(CK_ERROR_MEMORY, "no memory for a convolution");
        } catch (const std::exception &error) {
            return ckFail(CK_ERROR_LIBRARY, "convolution: oneDNN: %s", error.what());
        }
    }

    std::unique_ptr<Context> makeContext() const {
        auto context = std::make_unique<Context>();
        context->stream = dnnl::stream(cpu());
        for (size_t i = 0; i < operands.size(); i++) {
            const Operand &operand = operands[i];
            context->outside.emplace_back(operand.outside, cpu(), nullptr);
            context->inside.push_back(!operand.differs && i != kernel ? context->outside.back()
                : dnnl::memory(operand.inside, cpu(), i == kernel ? nullptr : context->buffer(operand.inside.get_size())));
            context->arguments.push_back({operand.argument, context->inside.back().get()});
        }
        context->scratchpad = dnnl::memory(scratchpad, cpu(), context->buffer(scratchpad.get_size()));
        context->arguments.push_back({DNNL_ARG_SCRATCHPAD, context->scratchpad.get()});
        return context;
    }

    int move(size_t i, void *outside, void *inside, bool back) const {
        ck_set_threads(threads);
        return inContext([&](const Context &context) {
            dnnl::error::wrap_c_api(dnnl_memory_set_data_handle(context.outside[i].get(), outside), "memory");
            dnnl::error::wrap_c_api(dnnl_memory_set_data_handle(context.inside[i].get(), inside), "memory");
            move(context, i, back);
        });
    }

    void move(const Context &context, size_t i, bool back) const {
        const dnnl::memory &from = back ? context.inside[i] : context.outside[i];
        const dnnl::memory &to = back ? context.outside[i] : context.inside[i];
        const dnnl_exec_arg_t arguments[2] = {{DNNL_ARG_FROM, from.get()}, {DNNL_ARG_TO, to.get()}};
        dnnl::error::wrap_c_api(dnnl_primitive_execute(operands[i].reorder.get(), context.stream.get(), 2, arguments), "reorder");
    }
};

bool isSlow(const std::string &name) { return name.find("ref") != std::string::npos; }
bool isMiddling(const std::string &name) { return name.find("gemm") != std::string::npos; }

/// Winograd's F(4×4, 3×3) does a quarter of the multiplications, with about four times the rounding error of plain sums
/// (some 1e-6 of the result's size). It pays where its transforms and the change of layout, both in proportion to the
/// activations, are small against the products.
bool suitsWinograd(const ck_conv_config &c) {
    if (ckIsa() != ckIsaAvx512 || c.spatial != 2 || c.groups != 1 || c.channels % 16 != 0 || c.filters % 16 != 0) return false;
    for (int i = 0; i < 2; i++)
        if (c.kernel[i] != 3 || c.stride[i] != 1 || c.kernel_dilation[i] != 1 || c.low[i] > 1 || c.high[i] > 1) return false;
    if (c.channels < 64 || c.filters < 64) return false;
    return c.output[0] >= 12 && c.output[1] >= 12;
}

/// Where tensors lie: channels last, kernels with filters last.
struct Layouts {
    Dims inputDims, kernelDims, biasDims, outputDims;
    Desc input, kernel, bias, output;
};

Layouts layouts(const ck_conv_config &c) {
    const auto f32 = dnnl::memory::data_type::f32;
    const int n = c.spatial;
    Layouts l;
    auto activations = [&](int64_t channels, const int64_t *sizes, Dims &dims) {
        dims = {c.batch, channels};
        Dims strides(size_t(n) + 2);
        int64_t step = channels;
        for (int i = 0; i < n; i++) dims.push_back(sizes[i]);
        for (int i = n - 1; i >= 0; i--) {
            strides[size_t(i) + 2] = step;
            step *= sizes[i];
        }
        strides[0] = step;
        strides[1] = 1;
        return Desc(dims, f32, strides);
    };
    l.input = activations(c.channels, c.input, l.inputDims);
    l.output = activations(c.filters, c.output, l.outputDims);
    const int64_t channels = c.channels / c.groups, filters = c.filters / c.groups;
    Dims strides;
    if (c.groups > 1) {
        l.kernelDims.push_back(c.groups);
        strides.push_back(filters);
    }
    l.kernelDims.insert(l.kernelDims.end(), {filters, channels});
    strides.insert(strides.end(), {1, c.filters});
    const size_t lead = strides.size();
    strides.resize(lead + size_t(n));
    int64_t step = channels * c.filters;
    for (int i = 0; i < n; i++) l.kernelDims.push_back(c.kernel[i]);
    for (int i = n - 1; i >= 0; i--) {
        strides[lead + size_t(i)] = step;
        step *= c.kernel[i];
    }
    l.kernel = Desc(l.kernelDims, f32, strides);
    l.biasDims = {c.filters};
    l.bias = c.bias ? Desc(l.biasDims, f32, dnnl::memory::format_tag::a) : Desc();
    return l;
}

std::unique_ptr<LibraryConv> make(const ck_conv_config &c, bool free, dnnl::algorithm algorithm) {
    const Layouts l = layouts(c);
    const int n = c.spatial;
    compat::ConvShape shape;
    shape.algorithm = algorithm;
    shape.input = free ? any(l.inputDims) : l.input;
    shape.output = free ? any(l.outputDims) : l.output;
    shape.kernel = any(l.kernelDims);
    shape.bias = l.bias;
    for (int i = 0; i < n; i++) {
        shape.stride.push_back(c.stride[i]);
        shape.dilation.push_back(c.kernel_dilation[i] - 1);
        shape.low.push_back(c.low[i]);
        // What the windows do not reach need not be there.
        const int64_t reach = (c.output[i] - 1) * c.stride[i] + (c.kernel[i] - 1) * c.kernel_dilation[i] + 1;
        shape.high.push_back(reach - c.input[i] - c.low[i]);
    }
    dnnl::primitive_attr attr;
    attr.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    auto result = std::make_unique<LibraryConv>();
    result->kernel = c.kind == CK_CONV_FORWARD ? 1 : c.kind == CK_CONV_INPUT_GRADIENT ? 0 : 2;
    auto add = [&](int argument, const Desc &outside, const Desc &inside, bool isResult) {
        Operand operand;
        operand.argument = argument;
        operand.outside = outside;
        operand.inside = inside;
        operand.result = isResult;
        operand.differs = outside != inside;
        if (operand.differs)
            operand.reorder = isResult ? dnnl::reorder(dnnl::reorder::primitive_desc(cpu(), inside, cpu(), outside))
                                       : dnnl::reorder(dnnl::reorder::primitive_desc(cpu(), outside, cpu(), inside));
        result->operands.push_back(operand);
    };
    auto finish = [&](const auto &descriptor, auto primitive) {
        result->primitive = primitive;
        result->scratchpad = descriptor.scratchpad_desc();
        result->name = descriptor.impl_info_str();
    };
    if (c.kind == CK_CONV_FORWARD) {
        const auto d = compat::forward(cpu(), shape, attr);
        add(DNNL_ARG_SRC, l.input, d.src_desc(), false);
        add(DNNL_ARG_WEIGHTS, l.kernel, d.weights_desc(), false);
        add(DNNL_ARG_DST, l.output, d.dst_desc(), true);
        if (c.bias) add(DNNL_ARG_BIAS, l.bias, d.bias_desc(), false);
        finish(d, dnnl::convolution_forward(d));
        return result;
    }
    compat::ConvShape hintShape = shape;
    hintShape.bias = Desc();
    hintShape.input = any(l.inputDims);
    hintShape.output = any(l.outputDims);
    const auto hint = compat::forward(cpu(), hintShape, attr);
    shape.bias = Desc();
    if (c.kind == CK_CONV_INPUT_GRADIENT) {
        const auto d = compat::inputGradient(cpu(), shape, hint, attr);
        add(DNNL_ARG_WEIGHTS, l.kernel, d.weights_desc(), false);
        add(DNNL_ARG_DIFF_DST, l.output, d.diff_dst_desc(), false);
        add(DNNL_ARG_DIFF_SRC, l.input, d.diff_src_desc(), true);
        finish(d, dnnl::convolution_backward_data(d));
    } else {
        const auto d = compat::kernelGradient(cpu(), shape, hint, attr);
        add(DNNL_ARG_SRC, l.input, d.src_desc(), false);
        add(DNNL_ARG_DIFF_DST, l.output, d.diff_dst_desc(), false);
        add(DNNL_ARG_DIFF_WEIGHTS, l.kernel, d.diff_weights_desc(), true);
        finish(d, dnnl::convolution_backward_weights(d));
    }
    return result;
}

}  // namespace

std::unique_ptr<PackedConv> makeLibraryConv(const ck_conv_config &config) {
    for (int i = 0; i < config.spatial; i++)
        if (config.low[i] < 0 || config.input_dilation[i] != 1) return nullptr;
    ck_set_threads(config.threads);
    std::unique_ptr<LibraryConv> best;
    auto rank = [](const std::string &name) { return isSlow(name) ? 2 : isMiddling(name) ? 1 : 0; };
    auto attempt = [&](bool free, dnnl::algorithm algorithm) {
        try {
            auto made = make(config, free, algorithm);
            if (!best || rank(made->name) < rank(best->name)) best = std::move(made);
        } catch (const std::exception &) {}
    };
    if (suitsWinograd(config)) attempt(true, dnnl::algorithm::convolution_winograd);
    // First with the caller's layout; what is slow in it may be fast in another.
    for (const bool free : {false, true})
        if (!best || rank(best->name) > 0) attempt(free, dnnl::algorithm::convolution_direct);
    if (!best || isSlow(best->name)) return nullptr;
    best->threads = config.threads;
    best->relu = config.activation == CK_ACTIVATION_RELU;
    const ConvGeometry g(config);
    best->resultCount = config.kind == CK_CONV_FORWARD ? g.outputCount() : config.kind == CK_CONV_INPUT_GRADIENT ? g.inputCount() : g.kernelCount();
    try {
        best->prepare();
    } catch (const std::exception &) {
        return nullptr;
    }
    return best;
}

extern "C" const char *ck_dnn_version(void) {
    static const std::string text = [] {
        const dnnl_version_t *v = dnnl_version();
        return std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch);
    }();
    return text.c_str();
}
