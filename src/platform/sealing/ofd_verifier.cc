// All of it must hold: digests of every part → digest of Signature.xml → the signer's signature → the seal in the file
// is the one that was signed with → its maker's signature → the signer stands in the seal → certificates → times. A
// file of ours is one in bytes too: the container's own bytes are checked.
#include "platform/sealing/ofd_verifier.h"

#include <openssl/evp.h>

#include <algorithm>
#include <set>

#include "base/crypto.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/pdf_verifier.h"
#include "platform/crypto/sm2.h"
#include "platform/sealing/ofd_package.h"
#include "platform/sealing/ses.h"

namespace tongban {
namespace {

using namespace crypto;

constexpr std::size_t ofd_bytes_max = 64U * 1024 * 1024;

struct Refusal {
    const Problem& problem;
    std::string reason;
};

std::string sm3_bytes(std::string_view bytes)
{
    return from_hex(sm3_hex(bytes)).value();
}

std::string base64(std::string_view bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<Refusal> check_parts(const ZipReader& zip, const OfdSignature& signature)
{
    if (signature.method != ses::sm3_name) return Refusal{verdict_problem::altered, "签章没有使用国密摘要算法"};
    std::set<std::string_view> covered{signature.path, signature.value_path, signature.list_path};
    for (const OfdSignature::Reference& reference : signature.references) {
        const ZipReader::Entry* entry = zip.find(reference.path);
        const auto content = entry == nullptr ? std::nullopt : ZipReader::content(*entry);
        if (!content) return Refusal{verdict_problem::altered, "文件缺少签章时的内容：" + reference.path};
        if (base64(sm3_bytes(*content)) != reference.check_value)
            return Refusal{verdict_problem::altered, "文件内容与签章不符，被改动过：" + reference.path};
        covered.insert(reference.path);
    }
    for (const ZipReader::Entry& entry : zip.entries())
        if (!covered.contains(entry.path))
            return Refusal{verdict_problem::appended, "签章之后又添加了内容：" + std::string(entry.path)};
    return std::nullopt;
}

std::optional<Refusal> refusal_of(ChainOutcome outcome, const char* whose)
{
    switch (outcome) {
    case ChainOutcome::good: return std::nullopt;
    case ChainOutcome::unknown_root:
        return Refusal{verdict_problem::unknown_root, std::string(whose) + "的证书不是本平台信任的机构颁发的"};
    case ChainOutcome::not_valid_then:
        return Refusal{verdict_problem::seal_not_valid_then, std::string(whose) + "的证书在签章时不在有效期内"};
    }
    return std::nullopt;
}

// Who sealed, with what, and was it allowed then?
std::optional<Refusal> check_seal(const ses::ReadSignature& value, X509* signer, const TrustedRoots& roots,
                                  FileVerdict& verdict, bool& is_ours)
{
    const auto seal = ses::read_seal(value.seal);
    if (!seal) return Refusal{verdict_problem::altered, "电子印章的数据不正确"};
    const Certificate maker = certificate_from_der(seal->maker_certificate);
    if (maker == nullptr) return Refusal{verdict_problem::altered, "电子印章的数据不正确"};
    set_sm2_id(maker.get());
    if (!sm2_verify(X509_get0_pubkey(maker.get()), seal->signed_bytes, seal->signature))
        return Refusal{verdict_problem::altered, "电子印章本身被改动过，与制章机构的签名不符"};
    const auto& allowed = seal->info.signer_certificates;
    if (std::ranges::find(allowed, value.signer_certificate) == allowed.end())
        return Refusal{verdict_problem::wrong_signer, "签章人不是这枚电子印章的持有人"};
    if (auto refused = refusal_of(roots.check(signer, nullptr, value.at), "签章人")) return refused;
    if (auto refused = refusal_of(roots.check(maker.get(), nullptr, seal->info.made_at), "制章机构")) return refused;
    if (value.at < seal->info.from || value.at > seal->info.until)
        return Refusal{verdict_problem::seal_not_valid_then, "签章时这枚电子印章不在有效期内"};
    verdict.seal_name = seal->info.name;
    is_ours = seal->info.vendor == "Tongban";
    return std::nullopt;
}

std::optional<Refusal> judge(std::string_view bytes, const TrustedRoots& roots, FileVerdict& verdict)
{
    const auto zip = ZipReader::open(bytes);
    if (!zip) {
        if (zip.error().problem == &archive_problem::malformed && bytes.find("OFD.xml") != std::string_view::npos)
            return Refusal{verdict_problem::altered, "文件的容器被改动过，无法读取"};
        return Refusal{verdict_problem::not_a_document, std::string(zip.error().problem->title)};
    }
    OfdSignature signature;
    switch (read_signature_of(*zip, signature)) {
    case OfdReading::no_ofd: return Refusal{verdict_problem::not_a_document, "这不是OFD文件"};
    case OfdReading::not_signed: return Refusal{verdict_problem::not_signed, "文件没有电子签章"};
    case OfdReading::broken: return Refusal{verdict_problem::altered, "签章数据不完整，文件被改动过"};
    case OfdReading::several: return Refusal{verdict_problem::appended, "文件含有多个签章，不是登记机构签发的原件"};
    case OfdReading::good: break;
    }
    const auto value = ses::read_signature(signature.value);
    if (!value) return Refusal{verdict_problem::altered, "签章数据不正确，文件被改动过"};
    const Certificate signer = certificate_from_der(value->signer_certificate);
    if (signer == nullptr) return Refusal{verdict_problem::altered, "签章数据不正确，文件被改动过"};
    set_sm2_id(signer.get());
    if (!sm2_verify(X509_get0_pubkey(signer.get()), value->to_sign, value->signature))
        return Refusal{verdict_problem::altered, "签章的签名值不正确，文件被改动过"};
    if (value->digest != sm3_bytes(signature.xml) ||
        (value->property != signature.path && value->property != "/" + signature.path))
        return Refusal{verdict_problem::altered, "签章描述与签名不符，文件被改动过"};
    if (auto refused = check_parts(*zip, signature)) return refused;
    if (!signature.seal_path.empty()) {
        const ZipReader::Entry* seal = zip->find(signature.seal_path);
        if (seal == nullptr || ZipReader::content(*seal) != std::string(value->seal))
            return Refusal{verdict_problem::altered, "文件中的电子印章被调换过"};
    }
    verdict.signed_at = value->at;
    bool is_ours = false;
    if (auto refused = check_seal(*value, signer.get(), roots, verdict, is_ours)) return refused;
    if (is_ours && !zip->is_canonical()) return Refusal{verdict_problem::altered, "文件的容器被改动过"};
    verdict.agency = agency_of(signer.get());
    if (verdict.agency == 0) return Refusal{verdict_problem::wrong_signer, "签章人的证书不是登记机构的证书"};
    verdict.signer_name = subject_text(signer.get(), NID_commonName);
    return std::nullopt;
}

}  // namespace

FileVerdict verify_ofd(std::string_view bytes, const TrustedRoots& roots)
{
    FileVerdict verdict;
    if (bytes.size() > ofd_bytes_max) {
        verdict.reason = "文件过大";
        return verdict;
    }
    const auto refused = judge(bytes, roots, verdict);
    forget_openssl_errors();
    verdict.fault = refused ? &refused->problem : nullptr;
    verdict.reason = refused ? refused->reason : "文件由登记机构签章，签章后没有任何改动";
    verdict.format = verdict.is(verdict_problem::not_a_document) ? FileFormat::other : FileFormat::ofd;
    if (refused) verdict.seal_name.clear();
    return verdict;
}

}  // namespace tongban
