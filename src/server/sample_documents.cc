// tongban admin sample-documents DIR: every document of the workflow (domain.md 1.12) with invented texts, to be looked
// at before people get it: F01 … F16 as PDF; certificates signed, and sealed as OFD, with the roots that verify them.
#include <fmt/format.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/clock/system_clock.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/documents/samples.h"
#include "platform/documents/template_press.h"
#include "platform/sealing/seal_ring.h"
#include "server/paths.h"
#include "server/subcommands.h"

namespace tongban {
namespace {

constexpr Agency sample_agency = 370102;
constexpr Millis seal_valid_for = 3LL * 365 * 24 * 3600 * 1000;

class Folder {
public:
    explicit Folder(std::filesystem::path path) : path_(std::move(path)) { std::filesystem::create_directories(path_); }

    void save(const std::string& name, const Result<std::string>& bytes)
    {
        if (!bytes)
            throw std::runtime_error(
                fmt::format("{}: {} {}", name, bytes.error().problem->title, bytes.error().detail));
        std::ofstream out(path_ / name, std::ios::binary);
        out << *bytes;
        out.close();
        if (!out) throw std::runtime_error("cannot write " + (path_ / name).string());
        fmt::print("{}\n", (path_ / name).string());
    }

private:
    const std::filesystem::path path_;
};

std::string read_whole(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path);
    return std::move(out).str();
}

}  // namespace

int print_sample_documents(const Config& config, const std::string& folder)
{
    using namespace documents;
    const Paths paths(config);
    SystemClock clock;
    Folder out(folder);
    const std::string source = config.data_dir + "/documents";
    const auto templates = make_template_press(paths.font_cache, source, PressMode::demo);
    const std::string values = read_whole(source + "/samples.json");
    for (const TemplateFacts& facts : templates->list())
        out.save(facts.code + " " + facts.title + ".pdf", templates->print(facts.code, values, clock.now()));

    const auto press = make_document_press(paths.font_cache, PressMode::demo);
    out.save("F02 询问笔录.pdf", press->print(sample_interview()));
    out.save("F03 异地代收材料清单.pdf", press->print(sample_collection_receipt()));
    out.save("F04 受理凭证.pdf", press->print(sample_acceptance_receipt()));

    // A throw-away authority: nothing that is printed here may pass for a registry's.
    const auto keys = std::filesystem::temp_directory_path() / fmt::format("tongban-samples-{}", ::getpid());
    const std::string office = sample_proof().issuer_name;
    create_demo_ca(keys);
    ensure_agency_key(keys, sample_agency, office);
    const auto vault = make_vault(std::string(32, 's'));
    const auto signer = make_agency_signer(keys);
    const auto ring = make_seal_ring(keys, *vault, clock);
    const Millis now = clock.now() / 1000 * 1000;
    const auto picture = press->seal_picture(office, "不动产登记专用章");
    if (!picture) throw std::runtime_error(std::string(picture.error().code()));
    ring->make(sample_agency, "registration",
               {office + "不动产登记专用章", office, *picture, now, now + seal_valid_for});
    const auto certificate = [&](const std::string& name, Result<DocumentPair> pair) {
        if (!pair) throw std::runtime_error(name + ": " + std::string(pair.error().code()));
        out.save(name + ".pdf", signer->sign_pdf(sample_agency, std::move(pair->pdf)));
        out.save(name + ".ofd", ring->seal_ofd(sample_agency, "registration", pair->ofd, clock.now()));
    };
    certificate("F12 不动产登记证明", press->print_pair(sample_proof()));
    certificate("F12 不动产权证书", press->print_pair(sample_title()));
    out.save("roots.pem", trusted_certificates(keys));
    std::filesystem::remove_all(keys);
    return 0;
}

}  // namespace tongban
