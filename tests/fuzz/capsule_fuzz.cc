// sources: src/modules/evidence/core/capsule.cc src/modules/journal/core/merkle.cc src/base/codes.cc src/base/bytes.cc
// sources: src/base/json.cc src/base/problem.cc src/base/clock.cc src/base/text.cc src/base/certificate_identifier.cc
// sources: src/platform/crypto/sm3.cc src/platform/crypto/encoding.cc src/platform/crypto/gcrypt.cc
// libraries: gcrypt crypto boost_json
// Statement and manifest of an evidence capsule. A statement that is read has one form; a manifest that is read has the
// same root when it is written and read again.
#include <cstdint>
#include <cstdlib>

#include "base/json.h"
#include "base/record.h"
#include "modules/evidence/core/capsule.h"

namespace {

using namespace tongban;

void promise(bool kept)
{
    if (!kept) std::abort();
}

std::optional<CapsuleManifest> manifest_in(std::string_view text)
{
    const auto value = parse_json(text);
    CapsuleManifest manifest;
    if (!value || !read_record(*value, RecordForm::grown, manifest)) return std::nullopt;
    return manifest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto statement = read_statement(text)) promise(statement_text(*statement) == text);
    if (const auto manifest = manifest_in(text)) {
        const auto again = manifest_in(record_text(*manifest));
        promise(again.has_value() && root_of(again->parts) == root_of(manifest->parts));
    }
    return 0;
}
