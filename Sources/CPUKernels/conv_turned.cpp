// Convolutions of float32 that are others with a turned kernel.
#include "conv.hpp"

namespace {

/// A convolution of a dilated input (stride 1) is the input gradient of another one, whose stride is that dilation and
/// whose kernel is ours, turned around and with channels and filters exchanged. Its gradients follow suit. The input
/// gradient of a plain one of stride 1 thus is a plain convolution, for which oneDNN has its best implementations.
class TransposedConv final : public ConvWay {
public:
    static std::unique_ptr<ConvWay> make(const ck_conv_config &c) {
        if (c.bias || c.activation != CK_ACTIVATION_NONE) return nullptr;
        ck_conv_config other = c;
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
        auto inner = makeLibraryConv(other);
        if (!inner) return nullptr;
        if (!dilated && strstr(inner->path(), "brg") == nullptr) return nullptr;
        std::unique_ptr<TransposedConv> result(new TransposedConv(c));
        result->inner = std::move(inner);
        return result;
    }

    int run(const void *first, const void *second, const void *, void *out) const override {
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
        return status;
    }
    const char *path() const override { return inner->path(); }

private:
    ConvGeometry g;
    int kind;
    std::unique_ptr<ConvWay> inner;
    Pool kernels;

    explicit TransposedConv(const ck_conv_config &c) : g(c), kind(c.kind) { kernels.count = g.kernelCount(); }

    /// ours [tap, channel of group, filter] <-> theirs [turned tap, filter of group, channel]
    void turn(const float *from, float *to, bool oursToTheirs) const {
        const int64_t channels = g.channels / g.groups, filters = g.filters / g.groups, taps = g.taps();
        for (int64_t tap = 0; tap < taps; tap++)
            for (int64_t group = 0; group < g.groups; group++)
                for (int64_t f = 0; f < filters; f++)
                    for (int64_t ch = 0; ch < channels; ch++) {
                        const int64_t ours = (tap * channels + ch) * g.filters + group * filters + f;
                        const int64_t theirs = ((taps - 1 - tap) * filters + f) * g.channels + group * channels + ch;
                        if (oursToTheirs) to[theirs] = from[ours]; else to[ours] = from[theirs];
                    }
    }
};

}  // namespace

std::unique_ptr<ConvWay> makeGoodConv(const ck_conv_config &c) {
    std::unique_ptr<ConvWay> way;
    if (c.kind == CK_CONV_INPUT_GRADIENT) way = TransposedConv::make(c);
    if (!way) way = makeLibraryConv(c);
    if (!way) way = TransposedConv::make(c);
    return way;
}
