#pragma once
// What public security, the immigration administration and the market regulator of the demonstration know of people and
// companies. Demo people are judged by their own documents; of everybody else only numbers with a right check digit are
// known, unless the name asks for another answer (不符, 查无).

#include <string>
#include <string_view>

#include "modules/parties/core/party.h"

namespace tongban {

struct IdentityVerdict {
    IdentityOutcome result = IdentityOutcome::not_found;
    std::string_view source;  // police immigration market
    std::string message;
    std::string_view former_name;  // 曾用名, when it matched and there is one
};

// `document`: a word of DocumentType.
IdentityVerdict judge_identity(std::string_view document, std::string_view name, std::string_view number);

}  // namespace tongban
