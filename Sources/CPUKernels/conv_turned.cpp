// Convolutions of float32 that are others with a turned kernel.
#include "conv.hpp"
#include "conv_tools.hpp"

namespace {

/// A convolution of a dilated input (stride 1) is the input gradient of another one, whose stride is that dilation and
/// whose kernel is ours, turned around and with channels and filters exchanged. Its gradients follow suit. The input
/// gradient of a plain one of stride 1 thus is a plain convolution, for which oneDNN has its best implementations.
class TransposedConv final : public ConvWay {
public:
    static std::unique_ptr<ConvWay> make(const ck_conv_config &c) {
        ck_conv_config other = c;
        other.bias = false;
        other.activation = CK_ACTIVATION_NONE;
        bool dilated = false;
        for (int i = 0; i < c.spatial; i++) {
            if (c.stride[i] != 1) return nullptr;
            const int64_t reach = (c.kernel[i] - 1) * c.kernel_dilation[i];
            other.low[i] = reach - c.low[i];
            other.high[i] = reach - c.high[i];
            if (c.low[i] < 0 || c.high[i] < 0 || other.low[i] < 0 || other.high[i] < 0) return nullptr;
            other.stride[i] = c.input_dilation[i];
            other.input_dilation[i] = 1;
            other.input[i] = c.output[i];
            other.output[i] = c.input[i];
            dilated |= c.input_dilation[i] != 1;
        }
        if (!dilated && c.kind != CK_CONV_INPUT_GRADIENT) return nullptr;
        other.channels = c.filters;
        other.filters = c.channels;
        other.kind = c.kind == CK_CONV_FORWARD ? CK_CONV_INPUT_GRADIENT : c.kind == CK_CONV_INPUT_GRADIENT ? CK_CONV_FORWARD : CK_CONV_KERNEL_GRADIENT;
        auto inner = makeBatchedConv(other);
        if (!inner) return nullptr;
        if (!dilated && strstr(inner->path(), "brg") == nullptr) return nullptr;
        std::unique_ptr<TransposedConv> result(new TransposedConv(c));
        result->inner = std::move(inner);
        return result;
    }

    int run(const void *first, const void *second, const void *bias, void *out) const override {
        Pool::Buffer memory = kernels.take();
        if (!memory) return ckFail(CK_ERROR_MEMORY, "no memory for a convolution's kernel");
        float *turned = memory.get();
        int status = CK_OK;
        switch (kind) {
        case CK_CONV_FORWARD:
            turn(static_cast<const float *>(second), turned, true);
            status = inner->run(turned, first, nullptr, out);
            break;
        case CK_CONV_INPUT_GRADIENT:
            turn(static_cast<const float *>(first), turned, true);
            status = inner->run(second, turned, nullptr, out);
            break;
        default:
            status = inner->run(second, first, nullptr, turned);
            if (status == CK_OK) turn(turned, static_cast<float *>(out), false);
        }
        kernels.give(std::move(memory));
        if (status == CK_OK && (hasBias || relu)) finish(static_cast<float *>(out), hasBias ? static_cast<const float *>(bias) : nullptr);
        return status;
    }
    const char *path() const override { return inner->path(); }

private:
    ConvGeometry g;
    int kind, threads;
    bool hasBias, relu;
    std::unique_ptr<ConvWay> inner;
    Pool kernels;

    explicit TransposedConv(const ck_conv_config &c) : g(c), kind(c.kind), threads(c.threads), hasBias(c.bias), relu(c.activation == CK_ACTIVATION_RELU) { kernels.count = g.kernelCount(); }

    void finish(float *out, const float *bias) const {
        const int64_t rows = g.batch * g.outputPlaces();
        const int used = ck_good_threads(double(g.outputCount()) * 0.1, threads);
        ckParallelFor(used, [&](int part) {
            const CkRange range = ckPart(rows, part, used);
            float *from = out + range.begin * g.filters;
            if (relu) convTools().relu(from, range.end - range.begin, g.filters, bias);
            else convTools().addBias(from, range.end - range.begin, g.filters, bias);
        });
    }

    /// ours [tap, channel of group, filter] <-> theirs [turned tap, filter of group, channel]
    void turn(const float *from, float *to, bool oursToTheirs) const {
        const int64_t channels = g.channels / g.groups, filters = g.filters / g.groups, taps = g.taps();
        const int used = ck_good_threads(double(g.kernelCount()) * 0.5, threads);
        ckParallelFor(used, [&](int part) {
            const CkRange range = ckPart(taps, part, used);
            for (int64_t tap = range.begin; tap < range.end; tap++)
                for (int64_t group = 0; group < g.groups; group++) {
                    const int64_t ours = tap * channels * g.filters + group * filters;
                    const int64_t theirs = (taps - 1 - tap) * filters * g.channels + group * channels;
                    if (oursToTheirs) convTools().transpose(from + ours, g.filters, channels, filters, to + theirs, g.channels);
                    else convTools().transpose(from + theirs, g.channels, filters, channels, to + ours, g.filters);
                }
        });
    }
};

}  // namespace

std::unique_ptr<ConvWay> makeGoodConv(const ck_conv_config &c) {
    std::unique_ptr<ConvWay> way;
    if (c.kind == CK_CONV_INPUT_GRADIENT) way = TransposedConv::make(c);
    if (!way) way = makeBatchedConv(c);
    if (!way) way = TransposedConv::make(c);
    return way;
}
