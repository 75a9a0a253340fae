#include "platform/crypto/agency_signer.h"

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/openssl.h"
#include "platform/crypto/pdf_hole.h"
#include "platform/crypto/pdf_signature.h"

namespace tongban {
namespace {

using namespace crypto;

struct Identity {
    Key key;
    Certificate certificate;
};

// Positions of the hole in a PDF that platform/documents wrote: [start of '<', after '>').
struct Hole {
    std::size_t byte_range;
    std::size_t begin;
    std::size_t end;
};

Hole find_hole(std::string_view pdf)
{
    Hole hole{};
    hole.byte_range = pdf.find(byte_range_blank);
    TONGBAN_ASSERT(hole.byte_range != std::string_view::npos);
    TONGBAN_ASSERT(pdf.find(byte_range_blank, hole.byte_range + 1) == std::string_view::npos);
    const std::size_t key = pdf.find(contents_key, hole.byte_range);
    TONGBAN_ASSERT(key != std::string_view::npos);
    hole.begin = key + contents_key.size();
    hole.end = hole.begin + 2 * hole_bytes + 2;
    TONGBAN_ASSERT(hole.end < pdf.size() && pdf[hole.begin] == '<' && pdf[hole.end - 1] == '>');
    return hole;
}

std::string cms_over(const Identity& who, X509* root, std::string_view before, std::string_view after)
{
    const Cms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_BINARY | CMS_DETACHED | CMS_PARTIAL));
    require(cms != nullptr, "begin CMS");
    // CMS_CADES adds ESS signing-certificate-v2, which ETSI.CAdES.detached demands.
    require(CMS_add1_signer(cms.get(), who.certificate.get(), who.key.get(), EVP_sha256(),
                            CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES | CMS_PARTIAL) != nullptr,
            "add CMS signer");
    require(CMS_add1_cert(cms.get(), root) == 1, "add CMS certificate");
    const Bio data(CMS_dataInit(cms.get(), nullptr));
    require(data != nullptr, "CMS data");
    for (const std::string_view part : {before, after})
        require(BIO_write(data.get(), part.data(), static_cast<int>(part.size())) == static_cast<int>(part.size()),
                "CMS data");
    require(CMS_dataFinal(cms.get(), data.get()) == 1, "sign CMS");
    return to_der(cms.get());
}

class FolderSigner final : public AgencySigner {
public:
    FolderSigner(std::filesystem::path folder, AgencyNames name_of)
        : folder_(std::move(folder)),
          name_of_(std::move(name_of)),
          root_(certificate_from_pem(root_certificate(folder_)))
    {
    }

    std::string sign(Agency agency, std::string_view bytes) override
    {
        return to_base64url(raw_signature(agency, bytes));
    }

    bool verify(Agency agency, std::string_view bytes, std::string_view signature) override
    {
        const auto raw = from_base64url(signature);
        if (!raw) return false;
        const DigestContext context(EVP_MD_CTX_new());
        require(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                     X509_get0_pubkey(identity(agency).certificate.get())) == 1,
                "begin verification");
        const bool good = EVP_DigestVerify(context.get(), data(*raw), raw->size(), data(bytes), bytes.size()) == 1;
        forget_openssl_errors();
        return good;
    }

    std::string sign_pdf(Agency agency, std::string pdf) override
    {
        const Hole hole = find_hole(pdf);
        std::string range = fmt::format("[0 {} {} {}", hole.begin, hole.end, pdf.size() - hole.end);
        TONGBAN_ASSERT(range.size() < byte_range_blank.size());
        range.resize(byte_range_blank.size() - 1, ' ');
        pdf.replace(hole.byte_range, byte_range_blank.size(), range + "]");
        const std::string_view whole = pdf;
        const std::string der =
            cms_over(identity(agency), root_.get(), whole.substr(0, hole.begin), whole.substr(hole.end));
        fill_hole(pdf, hole.begin, hole.end, der);
        return pdf;
    }

private:
    std::string raw_signature(Agency agency, std::string_view bytes)
    {
        const DigestContext context(EVP_MD_CTX_new());
        std::size_t size = 0;
        require(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, identity(agency).key.get()) == 1 &&
                    EVP_DigestSign(context.get(), nullptr, &size, data(bytes), bytes.size()) == 1,
                "begin signature");
        std::string signature(size, '\0');
        require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, data(bytes),
                               bytes.size()) == 1,
                "sign");
        signature.resize(size);
        return signature;
    }

    static const unsigned char* data(std::string_view bytes)
    {
        return reinterpret_cast<const unsigned char*>(bytes.data());
    }

    // References stay valid: a map never moves its nodes, and nothing is ever removed.
    const Identity& identity(Agency agency)
    {
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = identities_.find(agency); found != identities_.end()) return found->second;
        }
        const AgencyFiles files = agency_files(folder_, agency);
        if (name_of_) ensure_agency_key(folder_, agency, name_of_(agency));
        if (!std::filesystem::exists(files.key))
            throw std::runtime_error(fmt::format("registry {} has no signing key", agency));
        Identity fresh{key_from_pem(read_key_file(files.key)), certificate_from_pem(read_key_file(files.certificate))};
        require(X509_check_private_key(fresh.certificate.get(), fresh.key.get()) == 1, "key and certificate differ");
        const std::unique_lock lock(mutex_);
        return identities_.try_emplace(agency, std::move(fresh)).first->second;
    }

    const std::filesystem::path folder_;
    const AgencyNames name_of_;
    const Certificate root_;
    std::shared_mutex mutex_;
    std::map<Agency, Identity> identities_;
};

}  // namespace

std::unique_ptr<AgencySigner> make_agency_signer(std::filesystem::path folder, AgencyNames name_of)
{
    return std::make_unique<FolderSigner>(std::move(folder), std::move(name_of));
}

}  // namespace tongban
