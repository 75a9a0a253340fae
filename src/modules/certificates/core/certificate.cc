#include "modules/certificates/core/certificate.h"

#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr TextTable<CertificateKind, 2> kinds{{{{CertificateKind::proof, "proof"}, {CertificateKind::title, "title"}}}};
constexpr TextTable<CertificateKind, 2> kind_words{
    {{{CertificateKind::proof, "不动产登记证明"}, {CertificateKind::title, "不动产权证书"}}}};
constexpr TextTable<CertificateState, 2> states{
    {{{CertificateState::preparing, "preparing"}, {CertificateState::issued, "issued"}}}};
constexpr TextTable<CertificateStanding, 3> standings{{{{CertificateStanding::valid, "valid"},
                                                        {CertificateStanding::superseded, "superseded"},
                                                        {CertificateStanding::void_, "void"}}}};

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

std::string_view to_text(CertificateKind kind)
{
    return kinds.text(kind);
}

std::string_view to_text(CertificateStanding standing)
{
    return standings.text(standing);
}

std::string_view chinese(CertificateKind kind)
{
    return kind_words.text(kind);
}

const CertificateKind* find_certificate_kind(std::string_view text)
{
    return kinds.find(text);
}

const CertificateStanding* find_certificate_standing(std::string_view text)
{
    return standings.find(text);
}

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
    const bool valid = certificate.standing == CertificateStanding::valid;
    json::object out{
        {"kind",          to_text(certificate.kind)                                         },
        {"number",        certificate.number                                                },
        {"identifier",    certificate.identifier                                            },
        {"state",         valid ? to_text(certificate.state) : to_text(certificate.standing)},
        {"code",          certificate.code                                                  },
        {"verify_path",   verify_path(certificate)                                          },
        {"registered_at", utc_text(certificate.registered_at)                               }
    };
    if (certificate.issued_at != 0) out["issued_at"] = utc_text(certificate.issued_at);
    if (!valid) {
        out["ended_reason"] = certificate.standing_reason;
        if (certificate.standing_at != 0) out["ended_at"] = utc_text(certificate.standing_at);
        if (!certificate.successor.empty()) out["successor"] = certificate.successor;
    }
    return out;
}

}  // namespace tongban
