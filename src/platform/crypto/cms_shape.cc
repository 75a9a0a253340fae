#include "platform/crypto/cms_shape.h"

#include "platform/crypto/der.h"

namespace tongban::crypto {
namespace {

using namespace der;

constexpr int implicit_0 = 0xA0;
constexpr int implicit_1 = 0xA1;
constexpr std::size_t certificates_max = 8;

const std::string signed_data = object("1.2.840.113549.1.7.2");
const std::string plain_data = object("1.2.840.113549.1.7.1");
const std::string time_stamp_info = object("1.2.840.113549.1.9.16.1.4");
const std::string time_stamp_attribute = object("1.2.840.113549.1.9.16.2.14");
const std::string null_element("\x05\x00", 2);

// AlgorithmIdentifier with an object of the list, and no parameters or NULL.
bool is_algorithm(std::string_view whole, std::initializer_list<const char*> objects)
{
    for (const char* name : objects) {
        const std::string id = object(name);
        if (whole == sequence({id}) || whole == sequence({id, null_element})) return true;
    }
    return false;
}

constexpr std::initializer_list<const char*> digests{"2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.3",
                                                     "2.16.840.1.101.3.4.2.2"};
constexpr std::initializer_list<const char*> signatures{"1.2.840.10045.4.3.2",   "1.2.840.10045.4.3.3",
                                                        "1.2.840.10045.4.3.4",   "1.2.840.113549.1.1.1",
                                                        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.13"};

// Unsigned attributes: none, or one time-stamp token.
bool read_stamp(Reader& signer, std::string_view& stamp)
{
    if (signer.at_end()) return true;
    const auto attributes = signer.next(implicit_1);
    if (!attributes || !signer.at_end()) return false;
    Reader list(attributes->content);
    const auto attribute = list.next(sequence_tag);
    if (!attribute || !list.at_end()) return false;
    Reader parts(attribute->content);
    const auto name = parts.next(object_tag);
    const auto values = parts.next(set_tag);
    if (!name || name->whole != time_stamp_attribute || !values || !parts.at_end()) return false;
    Reader tokens(values->content);
    const auto token = tokens.next(sequence_tag);
    if (!token || !tokens.at_end()) return false;
    stamp = token->whole;
    return true;
}

}  // namespace

std::optional<CmsShape> cms_shape(std::string_view bytes, CmsContent content)
{
    if (!is_plain(bytes)) return std::nullopt;
    Reader outer(bytes);
    const auto info = outer.next(sequence_tag);
    if (!info || !outer.at_end()) return std::nullopt;
    Reader typed(info->content);
    const auto type = typed.next(object_tag);
    const auto wrapped = typed.next(implicit_0);
    if (!type || type->whole != signed_data || !wrapped || !typed.at_end()) return std::nullopt;
    Reader unwrapped(wrapped->content);
    const auto body = unwrapped.next(sequence_tag);
    if (!body || !unwrapped.at_end()) return std::nullopt;

    Reader data(body->content);
    const bool is_stamp = content == CmsContent::time_stamp;
    const auto version = data.next(integer_tag);
    const auto algorithms = data.next(set_tag);
    const auto payload = data.next(sequence_tag);
    const auto certificates = data.next(implicit_0);
    const auto signers = data.next(set_tag);
    if (!version || !algorithms || !payload || !certificates || !signers || !data.at_end()) return std::nullopt;
    if (version->whole != integer(is_stamp ? 3 : 1)) return std::nullopt;
    Reader kinds(payload->content);
    const auto kind = kinds.next(object_tag);
    if (!kind || kind->whole != (is_stamp ? time_stamp_info : plain_data)) return std::nullopt;
    if (is_stamp ? !kinds.next(implicit_0) || !kinds.at_end() : !kinds.at_end()) return std::nullopt;

    CmsShape shape;
    for (Reader list(certificates->content); !list.at_end();) {
        const auto one = list.next(sequence_tag);
        if (!one || shape.certificates.size() == certificates_max) return std::nullopt;
        shape.certificates.push_back(one->whole);
    }
    Reader all(signers->content);
    const auto only = all.next(sequence_tag);
    if (!only || !all.at_end()) return std::nullopt;
    Reader signer(only->content);
    const auto signer_version = signer.next(integer_tag);
    const auto who = signer.next(sequence_tag);
    const auto digest = signer.next(sequence_tag);
    const auto attributes = signer.next(implicit_0);
    const auto method = signer.next(sequence_tag);
    const auto value = signer.next(octets_tag);
    if (!signer_version || !who || !digest || !attributes || !method || !value) return std::nullopt;
    if (signer_version->whole != integer(1) || !is_algorithm(digest->whole, digests) ||
        algorithms->content != digest->whole || !is_algorithm(method->whole, signatures))
        return std::nullopt;
    shape.signature = value->content;
    if (!read_stamp(signer, shape.stamp)) return std::nullopt;
    return shape;
}

}  // namespace tongban::crypto
