// What time itself does with money: refunds go to the gateway until it has answered, and every day is compared.
#include "flows/cashier.h"

namespace tongban {
namespace {

constexpr Millis full_day = 24LL * 60 * 60 * 1000;
constexpr int refunds_a_round = 200;

}  // namespace

int Cashier::give_back_round()
{
    std::vector<RefundToAsk> due;
    const auto read = parts_.database.read([&](Sql& sql) -> Result<void> {
        due = parts_.bills.refunds().to_ask(sql, parts_.clock.now(), refunds_a_round);
        return {};
    });
    TONGBAN_ASSERT(read);
    int asked = 0;
    for (const RefundToAsk& one : due) {
        if (ask_gateway(one)) ++asked;
    }
    return asked;
}

Result<void> Cashier::ask_gateway(const RefundToAsk& due)
{
    Refund refund;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        refund = TRY(parts_.bills.refunds().load(sql, due.agency, due.id));
        return {};
    }));
    const Result<RefundAnswer> answer = parts_.gateway.refund(refund);
    TRY(parts_.database.write(due.agency, [&](Sql& sql) -> Result<void> {
        const Millis now = parts_.clock.now();
        if (answer) {
            parts_.bills.refunds().take_answer(sql, due.agency, refund, *answer, now);
        } else {
            parts_.bills.refunds().postpone(sql, due.agency, refund, now);
        }
        return {};
    }));
    return answer ? Result<void>{} : Result<void>{answer.error()};
}

Result<void> Cashier::compare_day(Agency agency, const std::string& day, Stamp by)
{
    const std::vector<MoneyLine> theirs = TRY(parts_.gateway.statement(agency, day));
    by.at = parts_.clock.now();
    return parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        ReconciliationStore::put(sql, agency, day, reconcile(parts_.bills.refunds().moved_on(sql, agency, day), theirs),
                                 by);
        return {};
    });
}

int Cashier::reconcile_round()
{
    // The gateway has its statement of a day some hours into the next one.
    constexpr Millis ready_after = 2LL * 60 * 60 * 1000;
    const std::string yesterday = china_date(parts_.clock.now() - full_day - ready_after);
    int compared = 0;
    for (const Registry& registry : parts_.catalog.registries()) {
        bool known = false;
        const auto read = parts_.database.read([&](Sql& sql) -> Result<void> {
            known = ReconciliationStore::has(sql, registry.code, yesterday);
            return {};
        });
        TONGBAN_ASSERT(read);
        if (known) continue;
        const Result<void> done = compare_day(registry.code, yesterday, {0, "platform", ""});
        if (done) {
            ++compared;
        } else if (done.error().problem->kind == Kind::unavailable) {
            return compared;  // nobody answers: the next round asks again
        }
    }
    return compared;
}

}  // namespace tongban
