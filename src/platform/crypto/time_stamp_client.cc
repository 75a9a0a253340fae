// Stamps the signature of a PDF: asks the authorities in turn and puts the token into the signature's unsigned
// attributes, inside the hole that the file has left for it.
#include <openssl/rand.h>
#include <openssl/ts.h>

#include "platform/crypto/pdf_hole.h"
#include "platform/crypto/pdf_signature.h"
#include "platform/crypto/time_stamp.h"

namespace tongban {
namespace {

using namespace crypto;

using StampRequest = std::unique_ptr<TS_REQ, Free<TS_REQ_free>>;
using StampResponse = std::unique_ptr<TS_RESP, Free<TS_RESP_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Free<TS_MSG_IMPRINT_free>>;

struct Question {
    std::string der;
    std::string nonce;  // 8 bytes
};

Question question_about(std::string_view digest)
{
    Question question;
    question.nonce.resize(8);
    auto* bytes = reinterpret_cast<unsigned char*>(question.nonce.data());
    require(RAND_bytes(bytes, 8) == 1, "no entropy");
    question.nonce[0] = static_cast<char>((question.nonce[0] & 0x7F) | 0x40);
    const std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_bin2bn(bytes, 8, nullptr));
    const std::unique_ptr<ASN1_INTEGER, Free<ASN1_INTEGER_free>> nonce(BN_to_ASN1_INTEGER(number.get(), nullptr));
    const std::unique_ptr<X509_ALGOR, Free<X509_ALGOR_free>> method(X509_ALGOR_new());
    X509_ALGOR_set_md(method.get(), EVP_sha256());
    const Imprint imprint(TS_MSG_IMPRINT_new());
    const StampRequest request(TS_REQ_new());
    std::string copy(digest);
    require(nonce != nullptr && TS_MSG_IMPRINT_set_algo(imprint.get(), method.get()) == 1 &&
                TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(copy.data()),
                                       static_cast<int>(copy.size())) == 1 &&
                TS_REQ_set_version(request.get(), 1) == 1 &&
                TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
                TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1,
            "time stamp request");
    const int size = i2d_TS_REQ(request.get(), nullptr);
    require(size > 0, "time stamp request");
    question.der.resize(static_cast<std::size_t>(size));
    auto* out = reinterpret_cast<unsigned char*>(question.der.data());
    i2d_TS_REQ(request.get(), &out);
    return question;
}

// The token of an answer that grants what was asked; its proof is checked apart.
std::optional<std::string> token_of(std::string_view answer, const Question& question)
{
    const auto* in = reinterpret_cast<const unsigned char*>(answer.data());
    const StampResponse response(d2i_TS_RESP(nullptr, &in, static_cast<long>(answer.size())));
    forget_openssl_errors();
    if (response == nullptr) return std::nullopt;
    const ASN1_INTEGER* status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
    PKCS7* token = TS_RESP_get_token(response.get());
    TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
    if (ASN1_INTEGER_get(status) > 1 || token == nullptr || info == nullptr)
        return std::nullopt;  // 0 granted, 1 with mods
    const ASN1_INTEGER* nonce = TS_TST_INFO_get_nonce(info);
    if (nonce == nullptr) return std::nullopt;
    const std::unique_ptr<BIGNUM, Free<BN_free>> number(ASN1_INTEGER_to_BN(nonce, nullptr));
    std::string bytes(8, '\0');
    if (number == nullptr || BN_num_bytes(number.get()) > 8 ||
        BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(bytes.data()), 8) != 8 || bytes != question.nonce)
        return std::nullopt;
    const int size = i2d_PKCS7(token, nullptr);
    if (size <= 0) return std::nullopt;
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_PKCS7(token, &out);
    return der;
}

class HttpTimeStamps final : public TimeStamps {
public:
    HttpTimeStamps(HttpClient& client, std::vector<std::string> urls, const std::string& roots)
        : client_(client), urls_(std::move(urls)), roots_(roots)
    {
    }

    Result<std::string> stamp_pdf(std::string pdf) override
    {
        const std::size_t key = pdf.find(byte_range_key);
        TONGBAN_ASSERT(key != std::string::npos);
        const auto range = read_byte_range(pdf, key + byte_range_key.size());
        TONGBAN_ASSERT(range.has_value());
        const auto der =
            read_hole(std::string_view(pdf).substr(range->hole_begin, range->hole_end - range->hole_begin));
        TONGBAN_ASSERT(der.has_value());
        const Cms cms = cms_from_der(*der);
        TONGBAN_ASSERT(cms != nullptr);
        CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
        const ASN1_OCTET_STRING* value = CMS_SignerInfo_get0_signature(signer);
        const std::string digest = sha256({reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                                           static_cast<std::size_t>(ASN1_STRING_length(value))});
        const std::string token = TRY(ask(digest));
        require(CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.data(),
                                              static_cast<int>(token.size())) == 1,
                "add time stamp");
        fill_hole(pdf, range->hole_begin, range->hole_end, to_der(cms.get()));
        return pdf;
    }

private:
    Result<std::string> ask(const std::string& digest)
    {
        for (const std::string& url : urls_) {
            const Question question = question_about(digest);
            Headers headers;
            headers.set("Content-Type", "application/timestamp-query");
            try {
                const Response answer = client_.send(Method::post, url, headers, question.der);
                if (answer.status != 200) continue;
                const auto token = token_of(answer.body, question);
                if (token && check_time_stamp(*token, digest, roots_)) return *token;
            } catch (const Unreachable&) {
                continue;  // the next one may answer
            }
        }
        return Error{time_stamp_problem::unavailable};
    }

    HttpClient& client_;
    const std::vector<std::string> urls_;
    const TrustedRoots roots_;
};

}  // namespace

std::unique_ptr<TimeStamps> make_time_stamps(HttpClient& client, std::vector<std::string> urls,
                                             const std::string& roots_pem)
{
    return std::make_unique<HttpTimeStamps>(client, std::move(urls), roots_pem);
}

}  // namespace tongban
