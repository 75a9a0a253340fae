#include "flows/issue_certificate.h"

#include <fmt/format.h>

#include <chrono>

namespace tongban {

namespace {

constexpr Millis lease_time = 15 * 1000;  // a file takes milliseconds; a dead worker's work waits this long
constexpr Millis retry_after_fault = 60 * 1000;
constexpr int batch_max = 200;

// 2026年11月23日
std::string long_date(Millis at)
{
    const std::string date = china_date(at);
    return date.substr(0, 4) + "年" + date.substr(5, 2) + "月" + date.substr(8, 2) + "日";
}

DocumentHead head_of(const Certificate& certificate, const std::string& public_url)
{
    return {certificate.number, public_url + verify_path(certificate), certificate.registered_at,
            SignatureHole::present};
}

RegistrationProof proof_of(const Certificate& certificate, const std::string& public_url)
{
    RegistrationProof proof;
    proof.head = head_of(certificate, public_url);
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

TitleCertificate title_of(const Certificate& certificate, const std::string& public_url)
{
    TitleCertificate title;
    title.head = head_of(certificate, public_url);
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

    const Result<std::string> file = print(agency, *certificate);
    Result<StoredObject> stored =
        file.has_value() ? store_bytes(parts_.objects, *file) : Result<StoredObject>(file.error());
    if (!stored.has_value()) {
        log(fmt::format("certificates: {} not made: {}", number, stored.error().code()));
        const Result<void> noted = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
            parts_.certificates.note_fault(sql, agency, number, stored.error().code(),
                                           parts_.clock.now() + retry_after_fault);
            return {};
        });
        TONGBAN_ASSERT(noted.has_value());
        return false;
    }

    bool first = false;
    const Result<void> done = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        const Millis now = parts_.clock.now();
        first = parts_.certificates.issue(sql, agency, number, stored->digest, now);
        // The case goes on when the last of its certificates has its file.
        if (!first || !parts_.certificates.all_issued(sql, agency, certificate->case_number)) return {};
        const Case subject = TRY(parts_.cases.load(sql, agency, certificate->case_number));
        TRY(parts_.steps.take(sql, subject, case_command::NoteCertificate{number}, platform_facts(now)));
        return {};
    });
    if (!done.has_value()) throw BrokenInvariant("issuing refused: " + std::string(done.error().code()));
    return first;
}

Result<std::string> CertificateIssuer::print(Agency agency, const Certificate& certificate)
{
    std::string pdf = certificate.kind == CertificateKind::title
                          ? TRY(parts_.press.print(title_of(certificate, public_url_)))
                          : TRY(parts_.press.print(proof_of(certificate, public_url_)));
    return parts_.signer.sign_pdf(agency, std::move(pdf));
}
void CertificateIssuer::log(std::string_view line)
{
    if (log_) log_(line);
}

}  // namespace tongban
