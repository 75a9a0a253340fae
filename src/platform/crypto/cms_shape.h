#pragma once
// Is a CMS signature nothing but what we write? CMS_verify proves the signed part; versions, lists of algorithms,
// further certificates and attributes could still be changed without being noticed. Here every byte outside of what
// signatures prove has one right value. Internal to platform/crypto.

#include <optional>
#include <string_view>
#include <vector>

namespace tongban::crypto {

struct CmsShape {
    std::vector<std::string_view> certificates;  // DER, in the order of the file
    std::string_view signature;                  // value
    std::string_view stamp;                      // time-stamp token (DER); empty: none
};

enum class CmsContent { detached_data, time_stamp };

// One signer; nothing when anything is there that ours do not have.
std::optional<CmsShape> cms_shape(std::string_view der, CmsContent content);

}  // namespace tongban::crypto
