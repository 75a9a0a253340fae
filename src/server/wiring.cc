#include "server/wiring.h"

#include "server/platform_parts.h"

namespace tongban {

Platform::Platform(const Config& config) : parts_(std::make_unique<Parts>(config)) {}
Platform::~Platform()
{
    stop_workers();
}

void Platform::start_workers()
{
    parts_->exchange.start();
    parts_->notices.start();
    parts_->issuer.start();
    parts_->housekeeping.start();
    parts_->case_clocks.start();
    parts_->refunds.start();
    parts_->reconciliation.start();
    parts_->sealing.start();
    parts_->catalogue_watch.start();
    parts_->case_reads.start();
}

void Platform::stop_workers()
{
    parts_->catalogue_watch.stop();
    parts_->sealing.stop();
    parts_->case_reads.stop();
    try {
        parts_->reads.flush();
    } catch (const std::exception& error) {
        log_line(fmt::format("who looked into cases since the last round is lost: {}", error.what()));
    }
    parts_->reconciliation.stop();
    parts_->refunds.stop();
    parts_->case_clocks.stop();
    parts_->housekeeping.stop();
    parts_->issuer.stop();
    parts_->exchange.stop();
    parts_->notices.stop();
}

const Router& Platform::router() const
{
    return parts_->router;
}
const Catalog& Platform::catalog() const
{
    return parts_->catalog;
}
AccessService& Platform::access()
{
    return parts_->access;
}
Clock& Platform::clock()
{
    return parts_->clock;
}

void Platform::load_demo_province(const std::string& password)
{
    seed_accounts(parts_->access, password);
    seed_demo_province(*parts_->database, parts_->register_book, parts_->clock);
}

std::vector<DemoAccount> Platform::demo_accounts(const std::string& password)
{
    return seed_accounts(parts_->access, password);
}

Result<SeizureKind> Platform::enter_seizure(Agency agency, const NewSeizure& seizure)
{
    std::optional<SeizureKind> kind;
    const auto written = parts_->database->write(agency, [&](Sql& sql) -> Result<void> {
        kind = TRY(parts_->register_book.add_seizure(sql, agency, seizure, "admin", parts_->clock.now()));
        return {};
    });
    if (!written) return written.error();
    return *kind;
}

std::vector<RefundablePayment> Platform::refunds(Agency agency, int rows_max)
{
    std::vector<RefundablePayment> all;
    const auto read = parts_->database->read([&](Sql& sql) -> Result<void> {
        all = parts_->bills.to_refund(sql, agency, rows_max);
        return {};
    });
    TONGBAN_ASSERT(read);
    return all;
}

TransparencyLog& Platform::log()
{
    return parts_->log;
}

std::vector<std::string> Platform::faults()
{
    std::vector<std::string> faults;
    Database& database = *parts_->database;
    for (const Agency agency : journal_agencies(database)) {
        const ChainReport chain = verify_chain(database, agency);
        if (chain.broken) faults.push_back(fmt::format("journal of {}: {}", agency, *chain.broken));
        if (const auto broken = verify_log(database, agency, *parts_->agency_certificates, *parts_->judge))
            faults.push_back(fmt::format("log of {}: {}", agency, *broken));
        const auto note = [&](const char* what, const std::string& id, const std::string& fault) {
            if (!fault.empty()) faults.push_back(fmt::format("{} {} of {}: {}", what, id, agency, fault));
        };
        // Page by page, so that ten million cases need no more memory than five hundred.
        const auto go_through = [&](auto&& page_after, auto&& check, const char* what) {
            std::string last;
            for (bool more = true; more;) {
                const auto read = database.read([&](Sql& sql) -> Result<void> {
                    const std::vector<std::string> page = page_after(sql, last);
                    for (const std::string& id : page) note(what, id, check(sql, id));
                    more = !page.empty();
                    if (more) last = page.back();
                    return {};
                });
                TONGBAN_ASSERT(read);
            }
        };
        go_through([&](Sql& sql, const std::string& last) { return parts_->cases->numbers_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->cases->check(sql, agency, id); }, "case");
        go_through([&](Sql& sql, const std::string& last) { return parts_->collections->ids_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->collections->check(sql, agency, id); },
                   "sitting");
        go_through([&](Sql& sql, const std::string& last) { return parts_->changes->ids_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->changes->check(sql, agency, id); }, "change");
        go_through([&](Sql& sql, const std::string& last) { return PowerStore::numbers_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->power_store.check(sql, agency, id); },
                   "power");
        const auto books = database.read([&](Sql& sql) -> Result<void> {
            note("bills", "", parts_->bills.check_books(sql, agency));
            return {};
        });
        TONGBAN_ASSERT(books);
    }
    return faults;
}

}  // namespace tongban
