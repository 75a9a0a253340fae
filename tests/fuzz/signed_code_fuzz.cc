// sources: src/base/signed_code.cc
// The text of a QR code: what is read can be written again to the same text, so that no two texts say the same.
#include <cstdint>
#include <cstdlib>

#include "base/crypto.h"
#include "base/signed_code.h"

namespace {

using namespace tongban;

std::string text_of_signature;
std::string id;

class Signer : public AgencySigner {
public:
    std::string sign(Agency, std::string_view) override { return text_of_signature; }
    bool verify(Agency, std::string_view, std::string_view) override { return true; }
    std::string sign_pdf(Agency, std::string pdf) override { return pdf; }
};
class Keys : public CodeKeys {
public:
    std::vector<PublicKey> keys() override { return {}; }
    std::string key_id(Agency) override { return id; }
    std::string compact(const std::string& signature) override { return signature; }
    std::optional<PublicKey> verify(const ReadCode&) override { return std::nullopt; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = read_code(text);
    if (!read) return 0;
    text_of_signature = text.substr(read->signed_text.size() + 1 + read->key_id.size() + 1);
    id = read->key_id;
    Signer signer;
    Keys keys;
    if (signed_code(signer, keys, 370102, read->link, read->facts) != text) std::abort();
    return 0;
}
