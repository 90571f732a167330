// Convolutions of float32 whose bits do not depend on the number of threads.
#include "conv.hpp"

#include <algorithm>

namespace {

/// Cuts the batch into parts that do not depend on the threads; each is computed by one thread, and kernel gradients are
/// added in order.
class DealtConv final : public ConvWay {
public:
    static std::unique_ptr<ConvWay> make(const ck_conv_config &c) {
        constexpr int64_t most = 16;
        std::unique_ptr<DealtConv> result(new DealtConv(c));
        const int64_t size = (c.batch + most - 1) / most;
        result->size = size;
        result->parts = (c.batch + size - 1) / size;
        result->partials.count = result->g.kernelCount() * (result->parts - 1);
        ck_conv_config part = c;
        part.threads = 1;
        part.batch = size;
        result->whole = makeGoodConv(part);
        if (!result->whole) return nullptr;
        part.batch = c.batch - size * (result->parts - 1);
        if (part.batch != size) {
            result->rest = makeGoodConv(part);
            if (!result->rest) return nullptr;
        }
        return result;
    }

    int run(const void *first, const void *second, const void *bias, void *out) const override {
        const bool kernelGradient = config.kind == CK_CONV_KERNEL_GRADIENT;
        const int64_t count = g.kernelCount();
        Pool::Buffer memory;
        if (kernelGradient && parts > 1) {
            memory = partials.take();
            if (!memory) return ckFail(CK_ERROR_MEMORY, "no memory for a convolution's partial sums");
        }
        float *partial = memory.get();
        const int64_t stepInput = size * g.inputPlaces() * g.channels, stepOutput = size * g.outputPlaces() * g.filters;
        const int used = int(std::min<int64_t>(threads, parts));
        CkStatus failure;
        ckParallelFor(used, [&](int part) {
            const CkRange range = ckPart(parts, part, used);
            for (int64_t i = range.begin; i < range.end; i++) {
                const ConvWay &way = rest && i == parts - 1 ? *rest : *whole;
                const float *a = static_cast<const float *>(first), *b = static_cast<const float *>(second);
                float *y = static_cast<float *>(out);
                switch (config.kind) {
                case CK_CONV_FORWARD: a += i * stepInput; y += i * stepOutput; break;
                case CK_CONV_INPUT_GRADIENT: b += i * stepOutput; y += i * stepInput; break;
                default: a += i * stepInput; b += i * stepOutput; if (i > 0) y = partial + (i - 1) * count;
                }
                const int status = way.run(a, b, bias, y);
                if (status != CK_OK) failure.fail(status);
            }
        });
        if (failure.value() != CK_OK) return ckFail(failure.value(), "a part of a convolution failed");
        if (partial) {
            float *total = static_cast<float *>(out);
            for (int64_t i = 0; i < parts - 1; i++)
                for (int64_t j = 0; j < count; j++) total[j] += partial[i * count + j];
            partials.give(std::move(memory));
        }
        return CK_OK;
    }
    const char *path() const override { return whole->path(); }

private:
    ck_conv_config config;
    ConvGeometry g;
    int threads;
    int64_t size = 0, parts = 0;
    std::unique_ptr<ConvWay> whole, rest;
    Pool partials;

    explicit DealtConv(const ck_conv_config &c) : config(c), g(c), threads(c.threads) {}
};

}  // namespace

std::unique_ptr<ConvWay> makeDealtConv(const ck_conv_config &config) { return DealtConv::make(config); }
