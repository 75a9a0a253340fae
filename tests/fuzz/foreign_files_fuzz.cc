// sources: src/base/clock.cc src/base/problem.cc
// plain: src/platform/sealing/foreign_pdf.cc
// libraries: qpdf
// Somebody's PDF made ready for our signature: what is taken is still the same bytes at the beginning, with exactly one
// place for a signature behind them.
#include <cstdint>
#include <cstdlib>

#include "platform/crypto/pdf_hole.h"
#include "platform/sealing/foreign_documents.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace tongban;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto ready = pdf_with_hole(bytes, 1795413909000);
    if (!ready) return 0;
    const std::string_view file = *ready;
    if (file.substr(0, bytes.size()) != bytes) std::abort();
    const std::size_t place = file.find(crypto::byte_range_blank);
    if (place == std::string_view::npos || place < bytes.size()) std::abort();
    if (file.find(crypto::byte_range_blank, place + 1) != std::string_view::npos) std::abort();
    return 0;
}
