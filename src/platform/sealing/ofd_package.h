#pragma once
// What an OFD says about its signature, read without trusting any of it. Internal to platform/sealing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/zip/zip_reader.h"

namespace tongban {

struct OfdSignature {
    struct Reference {
        std::string path;         // in the container
        std::string check_value;  // base64
    };
    std::string list_path;  // Signatures.xml
    std::string path;       // Signature.xml
    std::string xml;        // its bytes
    std::string value_path;
    std::string value;      // SignedValue.dat
    std::string seal_path;  // may be empty
    std::string method;     // of the references' digests
    std::vector<Reference> references;
};

enum class OfdReading { no_ofd, not_signed, broken, several, good };

// Follows OFD.xml → Signatures.xml → Signature.xml → SignedValue.dat.
OfdReading read_signature_of(const ZipReader& zip, OfdSignature& signature);

}  // namespace tongban
