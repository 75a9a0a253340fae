// Verifies signed PDFs handed in by anybody. The file is not interpreted as a PDF: what counts is that one signature
// covers every byte except its own hex string, and that a registry's key made it. Then the file is, byte for byte, what
// the registry signed, however a viewer understands it.
#include <openssl/x509v3.h>

#include <charconv>
#include <ctime>
#include <optional>
#include <stdexcept>

#include "platform/crypto/agency_signer.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/openssl.h"
#include "platform/crypto/pdf_hole.h"

namespace tongban {
namespace {

using namespace crypto;

constexpr std::size_t pdf_bytes_max = 64U * 1024 * 1024;
constexpr std::size_t hole_hex_max = 128U * 1024;
constexpr std::string_view blanks = " \t\r\n";

struct SignedRange {
    std::size_t hole_begin = 0;  // of '<'
    std::size_t hole_end = 0;    // after '>'
    std::size_t signed_end = 0;
};

// "[0 a b c]" with anything blank between the numbers; hole and second part inside the file.
std::optional<SignedRange> read_byte_range(std::string_view pdf, std::size_t at)
{
    std::size_t numbers[4];
    at = pdf.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || pdf[at] != '[') return std::nullopt;
    ++at;
    for (std::size_t& number : numbers) {
        at = pdf.find_first_not_of(blanks, at);
        if (at == std::string_view::npos) return std::nullopt;
        const auto [end, error] = std::from_chars(pdf.data() + at, pdf.data() + pdf.size(), number);
        if (error != std::errc{}) return std::nullopt;
        at = static_cast<std::size_t>(end - pdf.data());
    }
    at = pdf.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || pdf[at] != ']') return std::nullopt;
    const auto [begin, hole_begin, hole_end, rest] = numbers;
    if (begin != 0 || hole_begin >= hole_end || hole_end > pdf.size() || rest > pdf.size() - hole_end)
        return std::nullopt;
    return SignedRange{hole_begin, hole_end, hole_end + rest};
}

// The DER in the hole: hex digits between '<' and '>', exactly one element, then nothing but zeros.
std::optional<std::string> read_hole(std::string_view hole)
{
    if (hole.size() < 4 || hole.size() > hole_hex_max || hole.front() != '<' || hole.back() != '>') return std::nullopt;
    auto bytes = from_hex(hole.substr(1, hole.size() - 2));
    if (!bytes) return std::nullopt;
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes->data());
    const unsigned char* inner = begin;
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    const int outcome = ASN1_get_object(&inner, &length, &tag, &tag_class, static_cast<long>(bytes->size()));
    // 0x80: error; bit 0: indefinite length, which DER does not have.
    if ((outcome & 0x81) != 0 || tag != V_ASN1_SEQUENCE || length < 0) return std::nullopt;
    const auto total = static_cast<std::size_t>(inner - begin) + static_cast<std::size_t>(length);
    if (total > bytes->size() || bytes->find_first_not_of('\0', total) != std::string::npos) return std::nullopt;
    bytes->resize(total);
    return bytes;
}

std::optional<std::time_t> signing_time(CMS_SignerInfo* signer)
{
    const int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
    if (at < 0) return std::nullopt;
    const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, at), 0);
    if (value == nullptr || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME))
        return std::nullopt;
    std::tm parts = {};
    if (ASN1_TIME_to_tm(value->value.asn1_string, &parts) != 1) return std::nullopt;
    return ::timegm(&parts);
}

class RootVerifier final : public PdfVerifier {
public:
    explicit RootVerifier(const std::string& pem) : root_(certificate_from_pem(pem)) {}

    PdfVerdict verify(std::string_view pdf) override
    {
        PdfVerdict verdict;
        judge(pdf, verdict);
        forget_openssl_errors();
        return verdict;
    }

private:
    void judge(std::string_view pdf, PdfVerdict& verdict) const
    {
        verdict.is_pdf = pdf.size() <= pdf_bytes_max && pdf.starts_with("%PDF-");
        if (!verdict.is_pdf) return say(verdict, "这不是 PDF 文件，或文件过大");
        const std::size_t key = pdf.find("/ByteRange");
        if (key == std::string_view::npos) return say(verdict, "文件没有电子签名");
        if (pdf.find("/ByteRange", key + 1) != std::string_view::npos)
            return say(verdict, "文件含有多个签名，不是登记机构签发的原件");
        const auto range = read_byte_range(pdf, key + std::string_view("/ByteRange").size());
        if (!range) return say(verdict, "签名范围不正确，文件被改动过");
        const auto der = read_hole(pdf.substr(range->hole_begin, range->hole_end - range->hole_begin));
        if (!der) return say(verdict, "签名数据不正确，文件被改动过");
        const auto* in = reinterpret_cast<const unsigned char*>(der->data());
        const Cms cms(d2i_CMS_ContentInfo(nullptr, &in, static_cast<long>(der->size())));
        if (cms == nullptr || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
            CMS_is_detached(cms.get()) != 1)
            return say(verdict, "签名数据不正确，文件被改动过");
        STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms.get());
        if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1)
            return say(verdict, "签名不是由一个登记机构作出的");
        verdict.has_signature = true;
        verdict.covers_whole_file = range->signed_end == pdf.size();
        verdict.intact = fits(cms.get(), pdf, *range);
        CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(signers, 0);
        if (!verdict.intact) return say(verdict, "文件内容与签名不符，文件被改动过");
        if (!verdict.covers_whole_file) return say(verdict, "签名之后文件又被添加了内容");
        judge_signer(cms.get(), signer, verdict);
    }

    // Digest and signature only; who signed is judged apart.
    static bool fits(CMS_ContentInfo* cms, std::string_view pdf, const SignedRange& range)
    {
        std::string content(pdf.substr(0, range.hole_begin));
        content += pdf.substr(range.hole_end, range.signed_end - range.hole_end);
        // Behind a filter that does nothing: CMS_verify copies a memory BIO and loses the copy when the signature names
        // a digest it does not know (OpenSSL 3.0), and whoever uploads files could have that repeated for ever.
        const Bio data(BIO_new(BIO_f_null()));
        require(data != nullptr, "signed bytes");
        BIO_push(data.get(), BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
        return CMS_verify(cms, nullptr, nullptr, data.get(), nullptr, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
    }

    void judge_signer(CMS_ContentInfo* cms, CMS_SignerInfo* signer, PdfVerdict& verdict) const
    {
        X509* certificate = nullptr;
        X509_ALGOR* digest = nullptr;
        CMS_SignerInfo_get0_algs(signer, nullptr, &certificate, &digest, nullptr);
        const ASN1_OBJECT* digest_name = nullptr;
        X509_ALGOR_get0(&digest_name, nullptr, nullptr, digest);
        const auto at = signing_time(signer);
        if (certificate == nullptr || !at || OBJ_obj2nid(digest_name) != NID_sha256 ||
            EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) != EVP_PKEY_EC)
            return say(verdict, "签名方式不是登记机构使用的方式");
        verdict.signed_at = static_cast<std::int64_t>(*at) * 1000;
        if (!was_issued_by_root(cms, certificate, *at))
            return say(verdict, "签名完整，但签名人的证书不是本平台信任的机构颁发的");
        const std::string agency = subject_text(certificate, NID_serialNumber);
        Agency number = 0;
        const auto [end, error] = std::from_chars(agency.data(), agency.data() + agency.size(), number);
        if (error != std::errc{} || end != agency.data() + agency.size() || number < 100000 || number > 999999)
            return say(verdict, "签名人的证书不是登记机构的证书");
        verdict.trusted = true;
        verdict.agency = number;
        verdict.signer_name = subject_text(certificate, NID_commonName);
        say(verdict, "文件由登记机构签发，签发后没有任何改动");
    }

    bool was_issued_by_root(CMS_ContentInfo* cms, X509* certificate, std::time_t at) const
    {
        const CertificateStore store(X509_STORE_new());
        require(store != nullptr && X509_STORE_add_cert(store.get(), root_.get()) == 1, "certificate store");
        X509_STORE_CTX* context = X509_STORE_CTX_new();
        const CertificateStack others(CMS_get1_certs(cms));
        require(context != nullptr && X509_STORE_CTX_init(context, store.get(), certificate, others.get()) == 1,
                "certificate check");
        X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_time(rules, at);
        X509_VERIFY_PARAM_set_depth(rules, 2);
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
        const bool good = X509_verify_cert(context) == 1 &&
                          (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0 &&
                          X509_check_ca(certificate) == 0;
        X509_STORE_CTX_free(context);
        return good;
    }

    static void say(PdfVerdict& verdict, const char* reason) { verdict.reason = reason; }

    const Certificate root_;
};

}  // namespace

std::unique_ptr<PdfVerifier> make_pdf_verifier(const std::string& root_certificate_pem)
{
    return std::make_unique<RootVerifier>(root_certificate_pem);
}

}  // namespace tongban
