#pragma once
// The QR code of a certificate: a link to its verification page that also works without any network. Behind the '#',
// which browsers keep to themselves, stand what the certificate says in short and the registry's signature over all of
// it:
//   https://host/verify?number=…&code=…#1.<facts, base64url>.<key id>.<signature, base64url>
// The key ids and their certificates are a public list (GET /api/v1/public/signing-keys) that anybody may keep.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"

namespace tongban {

class AgencySigner;

// What can be compared with the paper in hand; holders are masked.
struct CodeFacts {
    std::string unit_number;
    std::string registered_on;  // 2026-11-23
    std::string holder_masked;
    bool operator==(const CodeFacts&) const = default;
};

struct ReadCode {
    std::string signed_text;  // what the signature is over
    std::string link;
    CodeFacts facts;
    std::string key_id;
    std::string signature;  // 64 bytes
};
// Nothing when the text has another form. Every text has one reading: no two codes mean the same.
std::optional<ReadCode> read_code(std::string_view text);

struct PublicKey {
    std::string key_id;
    Agency agency = 0;
    std::string name;         // of the registry
    std::string certificate;  // PEM
};

// The registries' keys as far as codes go. Thread-safe.
class CodeKeys {
public:
    virtual ~CodeKeys() = default;
    virtual std::vector<PublicKey> keys() = 0;
    // Of the key that a registry signs with now; it must have signed something before.
    virtual std::string key_id(Agency agency) = 0;
    // What AgencySigner::sign gave, as r and s of 32 bytes each, base64url: in a code every character counts.
    virtual std::string compact(const std::string& signature) = 0;
    // The key that signed the code; nothing when none of the list did.
    virtual std::optional<PublicKey> verify(const ReadCode& code) = 0;
};

std::string signed_code(AgencySigner& signer, CodeKeys& keys, Agency agency, const std::string& link,
                        const CodeFacts& facts);

}  // namespace tongban
