// Certificates per CPU-second: one 不动产登记证明 composed, written as PDF with its QR code and subset fonts, and
// signed (PAdES, P-256), each with different texts. One thread; user + system time, so that a busy machine does not
// lie. Prints the median of interleaved rounds against the target of 200.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/documents/press.h"
#include "platform/documents/samples.h"

namespace {

constexpr double target = 200;
constexpr int rounds = 5;
constexpr int in_round = 150;
constexpr tongban::Agency agency = 370102;

double cpu_seconds()
{
    struct rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

int main()
{
    using namespace tongban;
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("tongban-bench-{}", ::getpid());
    create_demo_ca(folder);
    ensure_agency_key(folder, agency, "济南市历下区不动产登记中心");
    const auto signer = make_agency_signer(folder);
    const auto verifier = make_pdf_verifier(root_certificate(folder));
    const auto press = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
    std::vector<double> rates;
    std::size_t bytes = 0;
    int number = 0;
    bool all_genuine = true;
    for (int round = 0; round < rounds; ++round) {
        std::string last;
        const double begin = cpu_seconds();
        for (int i = 0; i < in_round; ++i) {
            RegistrationProof proof = documents::sample_proof();
            proof.head.number = fmt::format("鲁(2026)历下区不动产证明第{:07}号", ++number);
            auto pdf = press->print(proof);
            if (!pdf) {
                fmt::print(stderr, "the press refused: {}\n", pdf.error().code());
                return EXIT_FAILURE;
            }
            last = signer->sign_pdf(agency, std::move(*pdf));
        }
        rates.push_back(in_round / (cpu_seconds() - begin));
        bytes = last.size();
        all_genuine = all_genuine && verifier->verify(last).is_genuine();
    }
    std::filesystem::remove_all(folder);
    std::sort(rates.begin(), rates.end());
    const double median = rates[rounds / 2];
    fmt::print("certificates per CPU-second={:.0f} target {:.0f} ratio={:.2f} (rounds {:.0f}…{:.0f}, {} bytes each)\n",
               median, target, median / target, rates.front(), rates.back(), bytes);
    return all_genuine && median >= target ? EXIT_SUCCESS : EXIT_FAILURE;
}
