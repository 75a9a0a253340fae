// Verifies signed PDFs handed in by anybody. The file is not interpreted as a PDF: what counts is that one signature
// covers every byte except its own hex string, and that a registry's key made it. Then the file is, byte for byte, what
// the registry signed, however a viewer understands it. The signature itself has one right form (cms_shape.h), so that
// no byte of the file can be changed unnoticed.
#include "platform/crypto/pdf_verifier.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>

#include "platform/crypto/cms_shape.h"
#include "platform/crypto/pdf_hole.h"
#include "platform/crypto/pdf_signature.h"
#include "platform/crypto/time_stamp.h"

namespace tongban::crypto {
namespace {

constexpr std::size_t pdf_bytes_max = 64U * 1024 * 1024;

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

// Digest and signature only; who signed is judged apart.
bool fits(CMS_ContentInfo* cms, std::string_view pdf, const SignedRange& range)
{
    std::string content(pdf.substr(0, range.hole_begin));
    content += pdf.substr(range.hole_end, range.signed_end - range.hole_end);
    // Behind a filter that does nothing: CMS_verify copies a memory BIO and loses the copy when the signature names
    // a digest it does not know (OpenSSL 3.0), and whoever uploads files could have that repeated for ever.
    const Bio data(BIO_new(BIO_f_null()));
    require(data != nullptr, "signed bytes");
    BIO_push(data.get(), BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    const bool good =
        CMS_verify(cms, nullptr, nullptr, data.get(), nullptr, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
    forget_openssl_errors();
    return good;
}

void say(FileVerdict& verdict, const Problem& fault, const char* reason)
{
    verdict.fault = &fault;
    verdict.reason = reason;
}

// A file that once was signed: a change may have hit the signature itself, so that nothing of it can be read any more.
bool bears_signature_marks(std::string_view pdf)
{
    return pdf.find("/ByteRange") != std::string_view::npos ||
           pdf.find("ETSI.CAdES.detached") != std::string_view::npos;
}

// The last two questions: whose certificate, and is everything around the signature as we write it?
void judge_signer(CMS_ContentInfo* cms, std::string_view der, const TrustedRoots& roots, FileVerdict& verdict)
{
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    X509* certificate = nullptr;
    X509_ALGOR* digest = nullptr;
    CMS_SignerInfo_get0_algs(signer, nullptr, &certificate, &digest, nullptr);
    const ASN1_OBJECT* digest_name = nullptr;
    X509_ALGOR_get0(&digest_name, nullptr, nullptr, digest);
    const auto at = signing_time(signer);
    if (certificate == nullptr || !at || OBJ_obj2nid(digest_name) != NID_sha256 ||
        EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) != EVP_PKEY_EC)
        return say(verdict, verdict_problem::wrong_signer, "签名方式不是登记机构使用的方式");
    verdict.signed_at = static_cast<Millis>(*at) * 1000;

    const CertificateStack others(CMS_get1_certs(cms));
    const ChainOutcome chain = roots.check(certificate, others.get(), verdict.signed_at);
    if (chain == ChainOutcome::unknown_root)
        return say(verdict, verdict_problem::unknown_root, "签名完整，但签名人的证书不是本平台信任的机构颁发的");
    if (chain == ChainOutcome::not_valid_then)
        return say(verdict, verdict_problem::seal_not_valid_then, "签名时签名人的证书不在有效期内");
    const auto shape = cms_shape(der, CmsContent::detached_data);
    if (!shape) return say(verdict, verdict_problem::altered, "签名数据的形式被改动过");
    for (const std::string_view one : shape->certificates)
        if (one != to_der(certificate) && !roots.holds(one))
            return say(verdict, verdict_problem::altered, "签名数据中的证书被改动过");
    if (!shape->stamp.empty()) {
        const auto stamp = check_time_stamp(shape->stamp, sha256(shape->signature), roots);
        if (!stamp)
            return say(verdict, verdict_problem::time_stamp_invalid, "时间戳与签名不符，或不是受信任的机构出具的");
        verdict.stamped_at = stamp->at;
        verdict.stamped_by = stamp->authority;
        if (roots.check(certificate, others.get(), stamp->at) != ChainOutcome::good)
            return say(verdict, verdict_problem::seal_not_valid_then, "加盖时间戳时签名人的证书不在有效期内");
    }
    verdict.agency = agency_of(certificate);
    if (verdict.agency == 0) return say(verdict, verdict_problem::wrong_signer, "签名人的证书不是登记机构的证书");
    verdict.signer_name = subject_text(certificate, NID_commonName);
    verdict.fault = nullptr;
    verdict.reason = "文件由登记机构签发，签发后没有任何改动";
}

void judge(std::string_view pdf, const TrustedRoots& roots, FileVerdict& verdict)
{
    const std::size_t key = pdf.find("/ByteRange");
    if (key == std::string_view::npos) {
        if (bears_signature_marks(pdf)) return say(verdict, verdict_problem::altered, "签名数据不正确，文件被改动过");
        return say(verdict, verdict_problem::not_signed, "文件没有电子签名");
    }
    const auto range = read_byte_range(pdf, key + std::string_view("/ByteRange").size());
    if (!range && pdf.substr(key).starts_with(std::string(byte_range_key) + std::string(byte_range_blank)))
        return say(verdict, verdict_problem::not_signed, "文件留有签名的位置，但还没有签名");
    if (!range) return say(verdict, verdict_problem::altered, "签名范围不正确，文件被改动过");
    const auto der = read_hole(pdf.substr(range->hole_begin, range->hole_end - range->hole_begin));
    const Cms cms = der ? cms_from_der(*der) : nullptr;
    if (cms == nullptr || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed || CMS_is_detached(cms.get()) != 1)
        return say(verdict, verdict_problem::altered, "签名数据不正确，文件被改动过");
    STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms.get());
    if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1)
        return say(verdict, verdict_problem::wrong_signer, "签名不是由一个登记机构作出的");
    if (!fits(cms.get(), pdf, *range))
        return say(verdict, verdict_problem::altered, "文件内容与签名不符，文件被改动过");
    if (range->signed_end != pdf.size()) return say(verdict, verdict_problem::appended, "签名之后文件又被添加了内容");
    if (pdf.find("/ByteRange", key + 1) != std::string_view::npos)
        return say(verdict, verdict_problem::appended, "文件含有多个签名，不是登记机构签发的原件");
    judge_signer(cms.get(), *der, roots, verdict);
}

}  // namespace

Agency agency_of(X509* certificate)
{
    const std::string text = subject_text(certificate, NID_serialNumber);
    Agency number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 100000 || number > 999999) return 0;
    return number;
}

FileVerdict verify_pdf(std::string_view pdf, const TrustedRoots& roots)
{
    FileVerdict verdict;
    if (pdf.size() > pdf_bytes_max || !pdf.starts_with("%PDF-")) {
        if (bears_signature_marks(pdf)) {
            verdict.format = FileFormat::pdf;
            say(verdict, verdict_problem::altered, "文件开头被改动过");
        } else {
            say(verdict, verdict_problem::not_a_document, "这不是 PDF 或 OFD 文件，或文件过大");
        }
        return verdict;
    }
    verdict.format = FileFormat::pdf;
    judge(pdf, roots, verdict);
    forget_openssl_errors();
    return verdict;
}

}  // namespace tongban::crypto
