// Mortgages: entry, new versions of them, and the pre-notice that becomes one.

#include <algorithm>

#include "modules/register_book/register_book.h"
#include "modules/register_book/register_problems.h"
#include "modules/register_book/register_rows.h"
#include "sql/register_book_sql.h"

namespace tongban {

namespace {

constexpr std::int64_t history = 2;
constexpr std::int64_t terminated = 3;

RegisteredMortgage mortgage_of(const NewMortgage& fresh, std::int64_t order)
{
    RegisteredMortgage mortgage;
    mortgage.order = order;
    mortgage.secured_amount_fen = fresh.secured_amount_fen;
    mortgage.transfer_ban = fresh.transfer_ban;
    mortgage.certificate_number = fresh.certificate_number;
    mortgage.case_number = fresh.case_number;
    mortgage.registrar = fresh.registrar;
    mortgage.registered_at = fresh.registered_at;
    mortgage.maximum = fresh.maximum;
    mortgage.construction = fresh.construction;
    mortgage.mortgagor = fresh.mortgagor;
    mortgage.holders = fresh.holders;
    if (mortgage.holders.empty()) {
        mortgage.holders.push_back({fresh.mortgagee, "", fresh.mortgagee_number_masked, fresh.mortgagee_number_sealed,
                                    fresh.mortgagee_number_digest});
    }
    mortgage.term_from = fresh.term_from;
    mortgage.term_to = fresh.term_to;
    mortgage.scope = fresh.scope;
    mortgage.contract_number = fresh.contract_number;
    mortgage.priority_at = fresh.registered_at;
    return mortgage;
}

const RegisteredMortgage* find_current(const RegisterView& view, std::string_view id)
{
    const auto found = std::ranges::find_if(view.mortgages, [&](const RegisteredMortgage& mortgage) {
        return mortgage.id == id && mortgage.status == RightStatus::current;
    });
    return found == view.mortgages.end() ? nullptr : &*found;
}

template <class T>
void replace(T& value, const std::optional<T>& by)
{
    if (by) value = *by;
}

}  // namespace

std::string RegisterBook::insert(Sql& sql, Agency agency, std::string_view unit_number,
                                 const RegisteredMortgage& mortgage)
{
    std::string id = ids_.next();
    sql.execute(
        sql::register_mortgage_add,
        {agency, id, std::string(unit_number), mortgage.order, std::string(mortgage.maximum ? "maximum" : "general"),
         mortgage.construction ? 1 : 0, holders_text(mortgage.holders), mortgage.mortgagor, mortgage.secured_amount_fen,
         mortgage.term_from, mortgage.term_to, mortgage.scope, mortgage.contract_number, mortgage.transfer_ban ? 1 : 0,
         mortgage.certificate_number, mortgage.case_number, mortgage.registrar, mortgage.registered_at,
         mortgage.priority_at});
    return id;
}

Result<std::int64_t> RegisterBook::add_mortgage(Sql& sql, Agency agency, const NewMortgage& mortgage,
                                                std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, mortgage.unit_number, reviewed_version));
    const std::int64_t order = next_mortgage_order(view);
    insert(sql, agency, mortgage.unit_number, mortgage_of(mortgage, order));
    record(sql, agency, mortgage.unit_number,
           unit_event("register.mortgage_entered",
                      {
                          {"case_number",        mortgage.case_number       },
                          {"order",              order                      },
                          {"secured_amount_fen", mortgage.secured_amount_fen},
                          {"certificate_number", mortgage.certificate_number}
    }),
           actor, mortgage.registered_at);
    return order;
}

Result<Entered> RegisterBook::succeed(Sql& sql, Agency agency, const RegisteredMortgage& before,
                                      RegisteredMortgage after, std::string_view unit_number,
                                      std::string_view event_type, std::string_view reason, const EntryBy& by,
                                      std::string_view actor)
{
    sql.execute(sql::register_mortgage_end, {agency, before.id, by.at, std::string(reason), history});
    Entered entered;
    if (after.certificate_number.empty()) after.certificate_number = before.certificate_number;
    if (after.certificate_number != before.certificate_number)
        entered.ended_certificates.push_back(before.certificate_number);
    after.case_number = by.case_number;
    after.registrar = by.registrar;
    after.registered_at = by.at;
    entered.ids.push_back(insert(sql, agency, unit_number, after));
    entered.mortgage_order = after.order;
    record(sql, agency, unit_number,
           unit_event(event_type,
                      {
                          {"case_number",        by.case_number          },
                          {"before",             before.id               },
                          {"after",              entered.ids.front()     },
                          {"order",              after.order             },
                          {"secured_amount_fen", after.secured_amount_fen},
                          {"certificate_number", after.certificate_number}
    }),
           actor, by.at);
    return entered;
}

Result<Entered> RegisterBook::alter_mortgage(Sql& sql, Agency agency, const MortgageAlteration& alteration,
                                             std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, alteration.unit_number, reviewed_version));
    const RegisteredMortgage* before = find_current(view, alteration.id);
    if (before == nullptr) return Error{register_problem::mortgage_unknown};
    RegisteredMortgage after = *before;
    replace(after.secured_amount_fen, alteration.secured_amount_fen);
    if (after.secured_amount_fen <= 0) return Error{register_problem::amount_invalid};
    replace(after.term_from, alteration.term_from);
    replace(after.term_to, alteration.term_to);
    replace(after.scope, alteration.scope);
    replace(after.contract_number, alteration.contract_number);
    replace(after.transfer_ban, alteration.transfer_ban);
    after.certificate_number = alteration.certificate_number;
    return succeed(sql, agency, *before, std::move(after), alteration.unit_number, "register.mortgage_altered",
                   "抵押权变更", alteration.by, actor);
}

Result<Entered> RegisterBook::assign_mortgage(Sql& sql, Agency agency, const MortgageAssignment& assignment,
                                              std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, assignment.unit_number, reviewed_version));
    const RegisteredMortgage* before = find_current(view, assignment.id);
    if (before == nullptr) return Error{register_problem::mortgage_unknown};
    if (assignment.mortgagees.empty()) return Error{register_problem::holder_missing};
    RegisteredMortgage after = *before;
    after.holders = assignment.mortgagees;
    after.certificate_number = assignment.certificate_number;
    return succeed(sql, agency, *before, std::move(after), assignment.unit_number, "register.mortgage_assigned",
                   "抵押权转移", assignment.by, actor);
}

Result<void> RegisterBook::end_mortgage(Sql& sql, Agency agency, std::string_view id, std::string_view reason,
                                        std::string_view actor, Millis now)
{
    const std::optional<SqlRow> ended =
        sql.find(sql::register_mortgage_end, {agency, std::string(id), now, std::string(reason), terminated});
    if (!ended) return Error{register_problem::mortgage_unknown};
    record(sql, agency, ended->text(0),
           unit_event("register.mortgage_ended",
                      {
                          {"id",     id    },
                          {"reason", reason}
    }),
           actor, now);
    return {};
}

std::pair<std::string, std::int64_t> RegisterBook::convert(Sql& sql, Agency agency, const RegisterView& view,
                                                           const RegisteredPreNotice& notice,
                                                           const NoticeConversion& conversion, const EntryBy& by,
                                                           std::string_view actor)
{
    // It counts since the pre-notice was entered (担保解释 52), so it stands before what was entered later.
    std::int64_t order = 1;
    for (const RegisteredMortgage& other : view.mortgages) {
        if (other.status == RightStatus::current && other.priority_at <= notice.registered_at)
            order = std::max(order, other.order + 1);
    }
    sql.execute(sql::register_mortgages_move_back, {agency, view.unit_number, order});
    sql.execute(sql::register_encumbrance_end, {agency, notice.id, by.at, std::string("转为抵押权"), terminated});
    RegisteredMortgage mortgage;
    mortgage.order = order;
    mortgage.secured_amount_fen = notice.amount_fen;
    mortgage.transfer_ban = conversion.transfer_ban;
    mortgage.certificate_number = conversion.certificate_number;
    mortgage.case_number = by.case_number;
    mortgage.registrar = by.registrar;
    mortgage.registered_at = by.at;
    mortgage.maximum = notice.maximum;
    mortgage.mortgagor = conversion.mortgagor;
    mortgage.holders = notice.holders;
    mortgage.term_from = notice.term_from;
    mortgage.term_to = notice.term_to;
    mortgage.scope = notice.scope;
    mortgage.contract_number = notice.contract_number;
    mortgage.priority_at = notice.registered_at;
    std::string id = insert(sql, agency, view.unit_number, mortgage);
    record(sql, agency, view.unit_number,
           unit_event("register.notice_converted",
                      {
                          {"case_number",        by.case_number                },
                          {"notice",             notice.id                     },
                          {"mortgage",           id                            },
                          {"order",              order                         },
                          {"priority_at",        utc_text(notice.registered_at)},
                          {"certificate_number", conversion.certificate_number }
    }),
           actor, by.at);
    return {std::move(id), order};
}

Result<Entered> RegisterBook::convert_mortgage_notice(Sql& sql, Agency agency, std::string_view unit_number,
                                                      const NoticeConversion& conversion, const EntryBy& by,
                                                      std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, unit_number, reviewed_version));
    const RegisteredPreNotice* notice = find_mortgage_notice(view, conversion.notice_id);
    if (notice == nullptr) return Error{register_problem::encumbrance_unknown};
    const auto [id, order] = convert(sql, agency, view, *notice, conversion, by, actor);
    return Entered{{id}, {notice->certificate_number}, order};
}

}  // namespace tongban
