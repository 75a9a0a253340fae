// Certificates per CPU-second: one 不动产登记证明 composed, written as PDF and as OFD from one display list with its QR
// code and subset fonts, the PDF signed (PAdES, P-256) and stamped (RFC 3161, an authority in this process), the OFD
// sealed (SM2), each pair with different texts. One thread; user + system time, so that a busy machine does not lie.
// Prints the median of interleaved rounds against the target of 150 pairs, the share of SM2 and of the stamp, and how
// memory grew between the first and the last round.
//   bench_certificates [ROUNDS]
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "platform/clock/system_clock.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/time_stamp.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/documents/samples.h"
#include "platform/sealing/file_verifier.h"
#include "platform/sealing/seal_ring.h"

namespace {

using namespace tongban;

constexpr double target = 150;
constexpr int in_round = 100;
constexpr Agency agency = 370102;

double cpu_seconds()
{
    struct rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Resident now, in MB.
double resident()
{
    std::ifstream in("/proc/self/statm");
    long total = 0;
    long pages = 0;
    in >> total >> pages;
    return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

class InProcess : public HttpClient {
public:
    explicit InProcess(TimeStampAuthority& authority) : authority_(authority) {}
    Response send(Method, const std::string&, const Headers&, std::string body) override
    {
        Response response;
        response.body = authority_.answer(body);
        return response;
    }

private:
    TimeStampAuthority& authority_;
};

}  // namespace

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("tongban-bench-{}", ::getpid());
    const std::string office = "济南市历下区不动产登记中心";
    create_demo_ca(folder);
    ensure_agency_key(folder, agency, office);
    SystemClock clock;
    const auto vault = make_vault(std::string(32, 'b'));
    const auto signer = make_agency_signer(folder);
    const auto ring = make_seal_ring(folder, *vault, clock);
    const auto authority = make_time_stamp_authority(folder, clock);
    InProcess network(*authority);
    const auto stamps = make_time_stamps(network, {"http://time/"}, root_certificate(folder));
    const auto verifier = make_file_verifier(trusted_certificates(folder));
    const auto press = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
    ring->make(agency, "registration",
               {office + "不动产登记专用章", office, press->seal_picture(office, "不动产登记专用章").value(),
                clock.now() - 1000, clock.now() + 1'000'000'000});
    std::vector<double> rates;
    double sealing = 0;
    double stamping = 0;
    double all = 0;
    double first_resident = 0;
    std::size_t pdf_bytes = 0;
    std::size_t ofd_bytes = 0;
    int number = 0;
    bool all_genuine = true;
    for (int round = 0; round < rounds; ++round) {
        std::string pdf;
        std::string ofd;
        const double begin = cpu_seconds();
        for (int i = 0; i < in_round; ++i) {
            RegistrationProof proof = documents::sample_proof();
            proof.head.number = fmt::format("鲁(2026)历下区不动产证明第{:07}号", ++number);
            auto pair = press->print_pair(proof);
            if (!pair) {
                fmt::print(stderr, "the press refused: {}\n", pair.error().code());
                return EXIT_FAILURE;
            }
            pdf = signer->sign_pdf(agency, std::move(pair->pdf));
            const double before_stamp = cpu_seconds();
            pdf = stamps->stamp_pdf(std::move(pdf)).value();
            const double before_seal = cpu_seconds();
            ofd = ring->seal_ofd(agency, "registration", pair->ofd, clock.now());
            stamping += before_seal - before_stamp;
            sealing += cpu_seconds() - before_seal;
        }
        const double used = cpu_seconds() - begin;
        all += used;
        rates.push_back(in_round / used);
        pdf_bytes = pdf.size();
        ofd_bytes = ofd.size();
        all_genuine = all_genuine && verifier->verify(pdf).is_genuine() && verifier->verify(ofd).is_genuine();
        if (round == 0) first_resident = resident();
    }
    const double signing_begin = cpu_seconds();
    constexpr int signatures = 300;
    for (int i = 0; i < signatures; ++i) (void)ring->sign(agency, "registration", "a statement of ordinary length");
    const double one_signature = (cpu_seconds() - signing_begin) / signatures;
    std::filesystem::remove_all(folder);
    std::sort(rates.begin(), rates.end());
    const double median = rates[rates.size() / 2];
    fmt::print(
        "certificate pairs per CPU-second={:.0f} target {:.0f} ratio={:.2f} (rounds {:.0f}…{:.0f}; PDF {} bytes, OFD "
        "{})\n",
        median, target, median / target, rates.front(), rates.back(), pdf_bytes, ofd_bytes);
    fmt::print("share of SM2 signing={:.0f}% sealing in all={:.0f}% time stamp, both sides={:.0f}%\n",
               100 * one_signature * median, 100 * sealing / all, 100 * stamping / all);
    fmt::print("resident {:.0f} MB after {} pairs, {:.0f} MB after {}\n", first_resident, in_round, resident(), number);
    return all_genuine && median >= target ? EXIT_SUCCESS : EXIT_FAILURE;
}
