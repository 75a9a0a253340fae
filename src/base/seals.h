#pragma once
// Electronic seals of registries (GB/T 38540-2020) and what they are put on. Implemented by platform/crypto; the keys
// of the seals never leave it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/documents.h"
#include "base/sql.h"

namespace tongban {

// What a seal is made from, once.
struct SealWish {
    std::string name;     // 济南市历下区不动产登记中心不动产登记专用章
    std::string office;   // the registry's name: subject of the seal's certificate
    std::string picture;  // PNG
    Millis from = 0;
    Millis until = 0;
};

struct SealFacts {
    std::string id;  // esID, given by the maker
    std::string name;
    Millis from = 0;
    Millis until = 0;
    std::string certificate;  // PEM of the certificate that the seal signs with
};

// The seals of registries with their keys; `seal` names one of a registry's seals ("registration", or an id of the
// seals module). Thread-safe. A hardware module would stand behind this interface.
class SealRing {
public:
    virtual ~SealRing() = default;
    // Key, certificate and seal; what is there already stays. Gives the facts of what is there.
    virtual SealFacts make(Agency agency, const std::string& seal, const SealWish& wish) = 0;
    virtual std::optional<SealFacts> find(Agency agency, const std::string& seal) = 0;
    // Puts the seal on an OFD that has a place for it: the finished file. Throws when there is no such seal.
    virtual std::string seal_ofd(Agency agency, const std::string& seal, const OfdPackage& package, Millis at) = 0;
    // The seal's signature (SM2 with SM3, DER, base64url) over a statement, for what is not an OFD.
    virtual std::string sign(Agency agency, const std::string& seal, std::string_view statement) = 0;
};

}  // namespace tongban
