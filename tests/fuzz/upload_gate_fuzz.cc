// sources: src/platform/images/gate.cc src/platform/images/jpeg_gate.cc src/platform/images/png_gate.cc
// sources: src/base/imaging.cc src/base/problem.cc
// plain: src/platform/images/pdf_gate.cc src/platform/images/range_input.cc
// libraries: jpeg png z qpdf
// A file at the gate: whatever bytes come, the verdict is one of the known ones and does not depend on how they were
// cut. The first byte says how large the pieces are.
#include <cstdint>
#include <cstdlib>

#include "platform/images/gate.h"

namespace {

using namespace tongban;

void promise(bool kept)
{
    if (!kept) std::abort();
}

Result<FileFacts> inspect(std::string_view bytes, std::size_t piece)
{
    HeldBytes all(bytes);
    const auto gate = images::make_gate();
    for (std::size_t at = 0; at < bytes.size(); at += piece) TRY(gate->write(bytes.substr(at, piece)));
    return gate->finish(all);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = inspect(bytes, bytes.size() + 1);
    const auto cut = inspect(bytes, std::size_t{data[0]} + 1);
    promise(whole.has_value() == cut.has_value());
    if (!whole) {
        promise(whole.error().problem == cut.error().problem);
        return 0;
    }
    promise(whole->kind == cut->kind && whole->pages == cut->pages);
    promise(whole->width == cut->width && whole->height == cut->height);
    promise(whole->kind == FileKind::pdf || 1LL * whole->width * whole->height <= images::pixels_max);
    return 0;
}
