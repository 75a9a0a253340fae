// sources: src/base/bytes.cc src/base/problem.cc src/platform/crypto/sm3.cc
// sources: src/platform/crypto/encoding.cc src/platform/crypto/gcrypt.cc
// sources: src/modules/journal/core/signed_note.cc src/modules/journal/core/checkpoint.cc
// sources: src/modules/journal/core/merkle.cc src/base/clock.cc
// libraries: gcrypt crypto boost_json
// What is read as a note or checkpoint is written again to the same bytes: one meaning, one form.
#include <cstdint>
#include <cstdlib>

#include "modules/journal/core/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto note = tongban::read_note(bytes)) {
        if (tongban::note_bytes(*note) != bytes) std::abort();
        if (const auto checkpoint = tongban::read_checkpoint(note->text)) {
            if (tongban::checkpoint_text(*checkpoint) != note->text) std::abort();
        }
        for (const auto& signature : note->signatures) (void)tongban::read_timed_signature(signature.signature);
    }
    return 0;
}
