#include "platform/crypto/demo_ca.h"

#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <functional>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/certificate_maker.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/openssl.h"
#include "platform/crypto/sm2.h"

namespace tongban {
namespace {

using namespace crypto;

constexpr long root_days = 20 * 365;
constexpr long agency_days = 5 * 365;

Key new_p256_key()
{
    Key key(EVP_EC_gen("P-256"));
    require(key != nullptr, "generate P-256 key");
    return key;
}

// The key of the file; made first when there is none. Always read back: another process may have been faster.
Key ensured_key(const std::filesystem::path& file, Key (*fresh)())
{
    if (!std::filesystem::exists(file)) create_key_file(file, to_pem(fresh().get()));
    return key_from_pem(read_key_file(file));
}

// Self-signed.
void ensure_root(const std::filesystem::path& key_file, const std::filesystem::path& file, Key (*fresh)(),
                 const std::string& name, const char* constraints)
{
    const Key key = ensured_key(key_file, fresh);
    if (std::filesystem::exists(file)) return;
    const Certificate root = make_certificate(
        {
            .subject = {{"C", "CN"},                          {"O", "通办演示"}, {"CN", name}},
            .extensions = {{NID_basic_constraints, constraints},
                        {NID_key_usage, "critical,keyCertSign,cRLSign"},
                        {NID_subject_key_identifier, "hash"}                                     },
            .days = root_days
    },
        key.get(), nullptr, key.get());
    create_key_file(file, to_pem(root.get()));
}

// Issued by the root whose files are given.
void ensure_issued(const std::filesystem::path& key_file, const std::filesystem::path& file, Key (*fresh)(),
                   const std::filesystem::path& root_key, const std::filesystem::path& root_file, CertificateWish wish)
{
    if (std::filesystem::exists(key_file) && std::filesystem::exists(file)) return;
    const Key issuer_key = key_from_pem(read_key_file(root_key));
    const Certificate issuer = certificate_from_pem(read_key_file(root_file));
    const Key key = ensured_key(key_file, fresh);
    wish.extensions.emplace_back(NID_subject_key_identifier, "hash");
    wish.extensions.emplace_back(NID_authority_key_identifier, "keyid:always");
    create_key_file(file, to_pem(make_certificate(wish, key.get(), issuer.get(), issuer_key.get()).get()));
}

}  // namespace

void create_demo_ca(const std::filesystem::path& folder)
{
    ensure_root(folder / root_key_file, folder / root_certificate_file, new_p256_key, "通办演示根证书 CA",
                "critical,CA:TRUE,pathlen:0");
    ensure_issued(folder / time_key_file, folder / time_certificate_file, new_p256_key, folder / root_key_file,
                  folder / root_certificate_file,
                  {
                      .subject = {{"C", "CN"},                                  {"O", "通办演示"}, {"CN", "通办演示时间戳"}},
                      .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                                  {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
                                  {NID_ext_key_usage, "critical,timeStamping"}                                                        },
                      .days = agency_days
    });
    ensure_root(folder / seal_root_key_file, folder / seal_root_certificate_file, new_sm2_key, "通办演示国密根证书 CA",
                "critical,CA:TRUE,pathlen:0");
    ensure_issued(folder / seal_maker_key_file, folder / seal_maker_certificate_file, new_sm2_key,
                  folder / seal_root_key_file, folder / seal_root_certificate_file,
                  {
                      .subject = {{"C", "CN"}, {"O", "通办演示"},             {"CN", "通办演示电子印章制章机构"}},
                      .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                                  {NID_key_usage, "critical,digitalSignature,nonRepudiation"}},
                      .days = root_days
    });
}

void ensure_agency_key(const std::filesystem::path& folder, Agency agency, std::string_view name)
{
    const AgencyFiles files = agency_files(folder, agency);
    ensure_issued(files.key, files.certificate, new_p256_key, folder / root_key_file, folder / root_certificate_file,
                  {
                      .subject = {{"C", "CN"},
                                  {"O", std::string(name)},
                                  {"serialNumber", fmt::format("{}", agency)},
                                  {"CN", fmt::format("{}（演示）", name)}},
                      .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                                  {NID_key_usage, "critical,digitalSignature,nonRepudiation"}},
                      .days = agency_days
    });
}

std::string root_certificate(const std::filesystem::path& folder)
{
    return read_key_file(folder / root_certificate_file);
}

std::string trusted_certificates(const std::filesystem::path& folder)
{
    std::string all = root_certificate(folder);
    if (std::filesystem::exists(folder / seal_root_certificate_file))
        all += read_key_file(folder / seal_root_certificate_file);
    return all;
}

}  // namespace tongban
