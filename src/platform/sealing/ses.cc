#include "platform/sealing/ses.h"

#include "platform/crypto/der.h"

namespace tongban::ses {
namespace {

using namespace der;

constexpr std::size_t certificates_max = 20;

// Takes element after element; once one is missing, everything that follows is.
class Fields {
public:
    explicit Fields(std::string_view content) : reader_(content) {}

    Element take(int tag)
    {
        const auto found = reader_.next(tag);
        if (!found) good_ = false;
        return found.value_or(Element{});
    }
    Fields inside(int tag)
    {
        Fields inner(take(tag).content);
        inner.good_ = good_;
        return inner;
    }
    std::int64_t number()
    {
        const auto value = integer_of(take(integer_tag));
        if (!value) good_ = false;
        return value.value_or(0);
    }
    Millis moment()
    {
        const auto value = time_of(take(time_tag));
        if (!value) good_ = false;
        return value.value_or(0);
    }
    std::string_view bits()
    {
        const auto value = bits_of(take(bits_tag));
        if (!value) good_ = false;
        return value.value_or(std::string_view{});
    }
    void expect(bool condition) { good_ = good_ && condition; }
    void skip_optional(int tag)
    {
        if (reader_.comes(tag)) take(tag);
    }
    bool at_end() const { return reader_.at_end(); }
    bool ends() const { return good_ && reader_.at_end(); }

private:
    Reader reader_;
    bool good_ = true;
};

}  // namespace

std::string encode(const SealInfo& info)
{
    std::string certificates;
    for (const std::string& certificate : info.signer_certificates) certificates += octets(certificate);
    constexpr int list_of_certificates = 1;
    return sequence(
        {sequence({ia5("ES"), integer(version), ia5(info.vendor)}), ia5(info.id),
         sequence({integer(info.type), utf8(info.name), integer(list_of_certificates),
                   element(sequence_tag, certificates), der::time(info.made_at), der::time(info.from),
                   der::time(info.until)}),
         sequence({ia5(info.picture_kind), octets(info.picture), integer(info.width), integer(info.height)})});
}

std::string encode_seal(std::string_view info, std::string_view maker_certificate, std::string_view signature)
{
    return sequence({info, octets(maker_certificate), object(sm2_with_sm3), bits(signature)});
}

std::optional<ReadSeal> read_seal(std::string_view bytes)
{
    Fields outer(bytes);
    Fields seal = outer.inside(sequence_tag);
    if (!outer.ends()) return std::nullopt;
    ReadSeal read;
    const Element info = seal.take(sequence_tag);
    read.signed_bytes = info.whole;
    read.maker_certificate = seal.take(octets_tag).content;
    seal.expect(seal.take(object_tag).whole == object(sm2_with_sm3));
    read.signature = seal.bits();
    if (!seal.ends()) return std::nullopt;

    Fields parts(info.content);
    Fields header = parts.inside(sequence_tag);
    header.expect(header.take(ia5_tag).content == "ES" && header.number() == version);
    read.info.vendor = header.take(ia5_tag).content;
    if (!header.ends()) return std::nullopt;
    read.info.id = parts.take(ia5_tag).content;
    Fields property = parts.inside(sequence_tag);
    read.info.type = property.number();
    read.info.name = property.take(utf8_tag).content;
    property.expect(property.number() == 1);  // certificates, not digests of them
    Fields certificates = property.inside(sequence_tag);
    while (!certificates.at_end() && read.info.signer_certificates.size() < certificates_max) {
        const Element one = certificates.take(octets_tag);
        if (one.whole.empty()) return std::nullopt;
        read.info.signer_certificates.emplace_back(one.content);
    }
    if (!certificates.ends()) return std::nullopt;
    read.info.made_at = property.moment();
    read.info.from = property.moment();
    read.info.until = property.moment();
    if (!property.ends()) return std::nullopt;
    Fields picture = parts.inside(sequence_tag);
    read.info.picture_kind = picture.take(ia5_tag).content;
    read.info.picture = picture.take(octets_tag).content;
    read.info.width = picture.number();
    read.info.height = picture.number();
    if (!picture.ends()) return std::nullopt;
    parts.skip_optional(context_tag);
    if (!parts.ends()) return std::nullopt;
    return read;
}

std::string encode_to_sign(std::string_view seal, Millis at, std::string_view digest, std::string_view property)
{
    return sequence({integer(version), seal, der::time(at), bits(digest), ia5(property)});
}

std::string encode_signature(std::string_view to_sign, std::string_view signer_certificate, std::string_view signature)
{
    return sequence({to_sign, octets(signer_certificate), object(sm2_with_sm3), bits(signature)});
}

std::optional<ReadSignature> read_signature(std::string_view bytes)
{
    Fields outer(bytes);
    Fields value = outer.inside(sequence_tag);
    if (!outer.ends()) return std::nullopt;
    ReadSignature read;
    const Element to_sign = value.take(sequence_tag);
    read.to_sign = to_sign.whole;
    read.signer_certificate = value.take(octets_tag).content;
    value.expect(value.take(object_tag).whole == object(sm2_with_sm3));
    read.signature = value.bits();
    value.skip_optional(context_tag);  // a time stamp: none of ours has one there
    if (!value.ends()) return std::nullopt;

    Fields parts(to_sign.content);
    parts.expect(parts.number() == version);
    read.seal = parts.take(sequence_tag).whole;
    read.at = parts.moment();
    read.digest = parts.bits();
    read.property = parts.take(ia5_tag).content;
    parts.skip_optional(context_tag);
    if (!parts.ends()) return std::nullopt;
    return read;
}

}  // namespace tongban::ses
