#include "flows/issue_certificate.h"

#include <fmt/format.h>

#include <chrono>

#include "flows/verify_certificate.h"
#include "modules/certificates/certificates_problems.h"

namespace tongban {

namespace {

constexpr Millis lease_time = 15 * 1000;  // a file takes milliseconds; a dead worker's work waits this long
constexpr Millis retry_after_fault = 60 * 1000;
constexpr int batch_max = 200;
constexpr Millis stamp_retry_after = 30 * 1000;
constexpr std::uint64_t certificate_bytes_max = 8 << 20;

// 2026年11月23日
std::string long_date(Millis at)
{
    const std::string date = china_date(at);
    return date.substr(0, 4) + "年" + date.substr(5, 2) + "月" + date.substr(8, 2) + "日";
}

// The link behind the QR code says the identifier: shorter than the number in Chinese characters.
std::string code_link(const Certificate& certificate, const std::string& public_url)
{
    return public_url + "/verify?number=" + certificate.identifier + "&code=" + certificate.code;
}

RegistrationProof proof_of(const Certificate& certificate, const std::string& code)
{
    RegistrationProof proof;
    proof.head = {certificate.number, code, certificate.registered_at, SignatureHole::present};
    proof.identifier = certificate.identifier;
    proof.code = certificate.code;
    proof.issuer_name = certificate.issuer_name;
    proof.issued_on = long_date(certificate.registered_at);
    proof.proved_right = certificate.proved_right;
    proof.holder = certificate.holder;
    proof.obligor = certificate.obligor;
    proof.location = certificate.location;
    proof.unit_number = certificate.unit_number;
    proof.other = certificate.other;
    proof.notes = certificate.notes;
    return proof;
}

TitleCertificate title_of(const Certificate& certificate, const std::string& code)
{
    TitleCertificate title;
    title.head = {certificate.number, code, certificate.registered_at, SignatureHole::present};
    title.identifier = certificate.identifier;
    title.code = certificate.code;
    title.issuer_name = certificate.issuer_name;
    title.issued_on = long_date(certificate.registered_at);
    title.holder = certificate.holder;
    title.co_ownership = certificate.co_ownership;
    title.location = certificate.location;
    title.unit_number = certificate.unit_number;
    title.right = certificate.proved_right;
    title.right_nature = certificate.right_nature;
    title.use_name = certificate.use_name;
    title.area = certificate.area;
    title.term = certificate.term;
    title.other = certificate.other;
    title.notes = certificate.notes;
    return title;
}

}  // namespace

CertificateIssuer::CertificateIssuer(Parts parts, std::string public_url, Log log)
    : parts_(parts), public_url_(std::move(public_url)), log_(std::move(log))
{
}

CertificateIssuer::~CertificateIssuer()
{
    stop();
}

void CertificateIssuer::start()
{
    TONGBAN_ASSERT(!thread_.joinable());
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
}

void CertificateIssuer::stop()
{
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_all();
    thread_.join();
}

void CertificateIssuer::wake()
{
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
    }
    woken_.notify_all();
}

void CertificateIssuer::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wanted_ = false;
        lock.unlock();
        try {
            issue_due();
            stamp_due();
        } catch (const std::exception& e) {
            log(fmt::format("certificates: cannot look for work: {}", e.what()));
        }
        lock.lock();
        woken_.wait_for(lock, std::chrono::seconds(1), [this] { return wanted_ || stopping_; });
    }
}

int CertificateIssuer::issue_due()
{
    std::vector<std::pair<Agency, std::string>> waiting;
    const Result<void> found = parts_.database.read([&](Sql& sql) -> Result<void> {
        waiting = parts_.certificates.waiting(sql, parts_.clock.now(), batch_max);
        return {};
    });
    TONGBAN_ASSERT(found.has_value());
    int issued = 0;
    for (const auto& [agency, number] : waiting) {
        // One that cannot be made must not keep the others waiting; its lease runs out and it is tried again.
        try {
            if (issue(agency, number)) ++issued;
        } catch (const std::exception& e) {
            log(fmt::format("certificates: {} of {} not made: {}", number, agency, e.what()));
        }
    }
    if (issued > 0) parts_.steps.wake();
    return issued;
}

bool CertificateIssuer::issue(Agency agency, const std::string& number)
{
    std::optional<Certificate> certificate;
    const Result<void> leased = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        const Millis now = parts_.clock.now();
        certificate = parts_.certificates.lease(sql, agency, number, now, now + lease_time);
        return {};
    });
    TONGBAN_ASSERT(leased.has_value());
    if (!certificate) return false;  // another node is at it

    const Result<Files> files = print(agency, *certificate);
    if (!files.has_value()) {
        log(fmt::format("certificates: {} not made: {}", number, files.error().code()));
        const Result<void> noted = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
            parts_.certificates.note_fault(sql, agency, number, files.error().code(),
                                           parts_.clock.now() + retry_after_fault);
            return {};
        });
        TONGBAN_ASSERT(noted.has_value());
        return false;
    }

    bool first = false;
    const Result<void> done = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        const Millis now = parts_.clock.now();
        first = parts_.certificates.issue(sql, agency, number, files->pdf, now);
        if (!first) return {};
        parts_.certificates.add_file(
            sql, agency, number,
            {"pdf", files->pdf, files->stamped ? now : 0, files->stamped ? 0 : now + stamp_retry_after}, now);
        parts_.certificates.add_file(sql, agency, number, {"ofd", files->ofd, 0, 0}, now);
        // The case goes on when the last of its certificates has its file.
        if (!parts_.certificates.all_issued(sql, agency, certificate->case_number)) return {};
        const Case subject = TRY(parts_.cases.load(sql, agency, certificate->case_number));
        TRY(parts_.steps.take(sql, subject, case_command::NoteCertificate{number}, platform_facts(now)));
        return {};
    });
    if (!done.has_value()) throw BrokenInvariant("issuing refused: " + std::string(done.error().code()));
    return first;
}

Result<CertificateIssuer::Files> CertificateIssuer::print(Agency agency, const Certificate& certificate)
{
    const std::optional<std::string> seal = parts_.registration_seal(agency, certificate.number);
    if (!seal) return Error{certificates_problem::no_seal};
    const std::string code =
        signed_code(parts_.signer, parts_.codes, agency, code_link(certificate, public_url_),
                    {certificate.unit_number, china_date(certificate.registered_at), masked_name(certificate.holder)});
    DocumentPair pair = certificate.kind == CertificateKind::title
                            ? TRY(parts_.press.print_pair(title_of(certificate, code)))
                            : TRY(parts_.press.print_pair(proof_of(certificate, code)));
    Files files;
    std::string pdf = parts_.signer.sign_pdf(agency, std::move(pair.pdf));
    if (auto better = stamped(pdf)) {
        pdf = std::move(better).value();
        files.stamped = true;
    }
    files.pdf = TRY(store_bytes(parts_.objects, pdf)).digest;
    files.ofd =
        TRY(store_bytes(parts_.objects, parts_.seals.seal_ofd(agency, *seal, pair.ofd, parts_.clock.now()))).digest;
    return files;
}

Result<std::string> CertificateIssuer::stamped(std::string pdf)
{
    const Millis now = parts_.clock.now();
    if (now < stamps_again_at_) return Error{time_stamp_problem::unavailable};
    Result<std::string> better = parts_.time_stamps.stamp_pdf(std::move(pdf));
    const bool delayed = !better.has_value();
    if (delayed) stamps_again_at_ = now + stamp_retry_after;
    if (stamps_delayed_.exchange(delayed) != delayed)
        log(delayed ? "ALARM time stamps: no authority answers; certificates are issued, their stamps come later"
                    : "time stamps: an authority answers again");
    return better;
}

int CertificateIssuer::stamp_due()
{
    std::vector<CertificateStore::Unstamped> due;
    const Result<void> found = parts_.database.read([&](Sql& sql) -> Result<void> {
        due = parts_.certificates.unstamped(sql, parts_.clock.now(), batch_max);
        return {};
    });
    TONGBAN_ASSERT(found.has_value());
    int done = 0;
    for (const CertificateStore::Unstamped& file : due) {
        try {
            if (!stamp(file)) continue;
            ++done;
        } catch (const std::exception& e) {
            log(fmt::format("certificates: {} of {} not stamped: {}", file.number, file.agency, e.what()));
        }
    }
    return done;
}

bool CertificateIssuer::stamp(const CertificateStore::Unstamped& file)
{
    bool mine = false;
    const Result<void> taken = parts_.database.write(file.agency, [&](Sql& sql) -> Result<void> {
        const Millis now = parts_.clock.now();
        mine = parts_.certificates.take_unstamped(sql, file.agency, file.digest, now, now + stamp_retry_after);
        return {};
    });
    TONGBAN_ASSERT(taken.has_value());
    if (!mine) return false;
    const Result<std::string> pdf = parts_.objects.read(file.digest, certificate_bytes_max);
    if (!pdf) throw std::runtime_error(std::string(pdf.error().code()));
    const Result<std::string> better = stamped(*pdf);
    if (!better) return false;
    const Result<StoredObject> stored = store_bytes(parts_.objects, *better);
    if (!stored) throw std::runtime_error(std::string(stored.error().code()));
    bool replaced = false;
    const Result<void> done = parts_.database.write(file.agency, [&](Sql& sql) -> Result<void> {
        replaced = parts_.certificates.replace_stamped(sql, file, stored->digest, parts_.clock.now());
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return replaced;
}

void CertificateIssuer::log(std::string_view line)
{
    if (log_) log_(line);
}

}  // namespace tongban
