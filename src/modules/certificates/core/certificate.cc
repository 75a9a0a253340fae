#include "modules/certificates/core/certificate.h"

#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr TextTable<CertificateState, 3> states{{{{CertificateState::preparing, "preparing"},
                                                  {CertificateState::issued, "issued"},
                                                  {CertificateState::void_, "void"}}}};

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

}  // namespace

std::string_view to_text(CertificateState state)
{
    return states.text(state);
}

const CertificateState* find_certificate_state(std::string_view text)
{
    return states.find(text);
}

std::string verify_path(const Certificate& certificate)
{
    return "/verify?number=" + percent_encoded(certificate.number) + "&code=" + certificate.code;
}

json::value to_json(const Certificate& certificate)
{
    json::object out{
        {"number",        certificate.number                 },
        {"identifier",    certificate.identifier             },
        {"state",         to_text(certificate.state)         },
        {"code",          certificate.code                   },
        {"verify_path",   verify_path(certificate)           },
        {"registered_at", utc_text(certificate.registered_at)}
    };
    if (certificate.issued_at != 0) out["issued_at"] = utc_text(certificate.issued_at);
    return out;
}

}  // namespace tongban
