#include "modules/register_book/register_book.h"

#include <array>
#include <boost/json.hpp>

#include "base/codes.h"
#include "modules/register_book/register_problems.h"
#include "sql/register_book_sql.h"

namespace tongban {

namespace json = boost::json;

namespace {

std::string text(std::string_view view)
{
    return std::string(view);
}

RightStatus status_of(std::int64_t stored)
{
    switch (stored) {
    case 0: return RightStatus::provisional;
    case 1: return RightStatus::current;
    case 2: return RightStatus::history;
    case 3: return RightStatus::terminated;
    }
    throw BrokenInvariant("a right has an unknown status");
}

// Events of the aggregate "unit": what changed, without personal data.
Event event(std::string_view type, json::object body)
{
    return {text(type), json::serialize(body)};
}

template <class Enum>
Enum known(const Enum* found)
{
    TONGBAN_ASSERT(found != nullptr);
    return *found;
}

}  // namespace

RegisterBook::RegisterBook(Vault& vault, IdSource& ids, Journal& journal) : vault_(vault), ids_(ids), journal_(journal)
{
}

RegisterView RegisterBook::find_unit(Sql& sql, Agency agency, std::string_view unit_number)
{
    RegisterView view;
    view.unit_number = unit_number;
    const std::optional<SqlRow> unit = sql.find(sql::register_unit_find, {agency, view.unit_number});
    if (!unit) return view;
    view.found = true;
    view.version = unit->integer(0);
    view.status = status_of(unit->integer(1));
    view.location = unit->text(2);
    view.use = known(find_unit_use(unit->text(3)));
    view.use_name = unit->text(4);
    view.area = unit->text(5);
    view.right_type = unit->text(6);
    view.right_nature = unit->text(7);
    view.structure = unit->text(8);
    view.locked = unit->integer(9) != 0;
    view.lock_reason = unit->text(10);
    for (const SqlRow& row : sql.query(sql::register_ownerships_current, {agency, view.unit_number})) {
        view.owners.push_back(
            {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.integer(6)});
    }
    for (const SqlRow& row : sql.query(sql::register_mortgages_of, {agency, view.unit_number})) {
        view.mortgages.push_back({row.text(0), row.integer(1), status_of(row.integer(2)), row.text(3), row.integer(4),
                                  row.integer(5) != 0, row.text(6), row.text(7), row.text(8), row.integer(9)});
    }
    for (const SqlRow& row : sql.query(sql::register_seizures_in_force, {agency, view.unit_number})) {
        view.seizures.push_back(
            {row.text(0), row.text(1), known(find_seizure_kind(row.text(2))), row.integer(3), row.text(4)});
    }
    return view;
}

RegisterView RegisterBook::lock_unit(Sql& sql, Agency agency, std::string_view unit_number)
{
    // The lock has to come first: under read committed only statements that begin after it see what its last holder
    // committed.
    const std::optional<SqlRow> locked = sql.find(sql::register_unit_lock, {agency, text(unit_number)});
    if (!locked) {
        RegisterView unknown;
        unknown.unit_number = unit_number;
        return unknown;
    }
    return find_unit(sql, agency, unit_number);
}

bool RegisterBook::add_unit(Sql& sql, Agency agency, const NewUnit& unit, std::string_view actor, Millis now)
{
    const std::optional<SqlRow> added = sql.find(
        sql::register_unit_add, {agency, unit.unit_number, unit.location, text(to_text(unit.use)), unit.use_name,
                                 unit.area, unit.right_type, unit.right_nature, unit.structure, now});
    if (!added) return false;
    record(sql, agency, unit.unit_number,
           event("register.unit_added",
                 {
                     {"location", unit.location}
    }),
           actor, now);
    return true;
}

void RegisterBook::add_ownership(Sql& sql, Agency agency, const NewOwnership& ownership, std::string_view actor,
                                 Millis now)
{
    sql.execute(sql::register_ownership_add,
                {agency, ids_.next(), ownership.unit_number, ownership.name, ownership.document_type,
                 masked_number(ownership.number), vault_.seal(agency, ownership.number),
                 vault_.digest(agency, ownership.number), ownership.share, ownership.certificate_number,
                 ownership.case_number, ownership.registered_at});
    record(sql, agency, ownership.unit_number,
           event("register.ownership_added",
                 {
                     {"certificate_number", ownership.certificate_number}
    }),
           actor, now);
}

Result<std::int64_t> RegisterBook::add_mortgage(Sql& sql, Agency agency, const NewMortgage& mortgage,
                                                std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = lock_unit(sql, agency, mortgage.unit_number);
    if (!view.found) return Error{register_problem::unit_unknown};
    if (view.version != reviewed_version) return Error{register_problem::changed_meanwhile};
    const std::int64_t order = next_mortgage_order(view);
    sql.execute(sql::register_mortgage_add, {agency,
                                             ids_.next(),
                                             mortgage.unit_number,
                                             order,
                                             text(mortgage.maximum ? "maximum" : "general"),
                                             mortgage.mortgagee,
                                             mortgage.mortgagee_number_masked,
                                             mortgage.mortgagee_number_sealed,
                                             mortgage.mortgagee_number_digest,
                                             mortgage.mortgagor,
                                             mortgage.secured_amount_fen,
                                             mortgage.term_from,
                                             mortgage.term_to,
                                             mortgage.scope,
                                             mortgage.contract_number,
                                             mortgage.transfer_ban ? 1 : 0,
                                             mortgage.certificate_number,
                                             mortgage.case_number,
                                             mortgage.registrar,
                                             mortgage.registered_at});
    record(sql, agency, mortgage.unit_number,
           event("register.mortgage_entered",
                 {
                     {"case_number",        mortgage.case_number       },
                     {"order",              order                      },
                     {"secured_amount_fen", mortgage.secured_amount_fen},
                     {"certificate_number", mortgage.certificate_number}
    }),
           actor, mortgage.registered_at);
    return order;
}

Result<void> RegisterBook::end_mortgage(Sql& sql, Agency agency, std::string_view id, std::string_view reason,
                                        std::string_view actor, Millis now)
{
    const std::optional<SqlRow> ended = sql.find(sql::register_mortgage_end, {agency, text(id), now, text(reason)});
    if (!ended) return Error{register_problem::mortgage_unknown};
    record(sql, agency, ended->text(0),
           event("register.mortgage_ended",
                 {
                     {"id",     id    },
                     {"reason", reason}
    }),
           actor, now);
    return {};
}

Result<SeizureKind> RegisterBook::add_seizure(Sql& sql, Agency agency, const NewSeizure& seizure,
                                              std::string_view actor, Millis now)
{
    const RegisterView view = lock_unit(sql, agency, seizure.unit_number);
    if (!view.found) return Error{register_problem::unit_unknown};
    for (const RegisteredSeizure& present : view.seizures) {
        if (present.document_number == seizure.document_number) return present.kind;
    }
    const SeizureKind kind = view.seizures.empty() ? SeizureKind::seizure : SeizureKind::waiting;
    const std::optional<SqlRow> added = sql.find(
        sql::register_seizure_add, {agency, ids_.next(), seizure.unit_number, text(to_text(kind)), seizure.organ,
                                    seizure.document_number, seizure.delivered_at, seizure.until});
    // Not added: the same document was lifted before. A court that seizes again writes a new document.
    if (!added) return Error{register_problem::seizure_unknown, "这份查封文书已经解除，再次查封需要新的文书号"};
    record(sql, agency, seizure.unit_number,
           event("register.seized",
                 {
                     {"document_number", seizure.document_number       },
                     {"kind",            to_text(kind)                 },
                     {"delivered_at",    utc_text(seizure.delivered_at)}
    }),
           actor, now);
    return kind;
}

Result<void> RegisterBook::lift_seizure(Sql& sql, Agency agency, std::string_view unit_number,
                                        std::string_view document_number, std::string_view lifting_document,
                                        std::string_view actor, Millis now)
{
    // Two liftings at once would each still see the other's seizure in force, and none would let the waiting one in.
    if (!sql.find(sql::register_unit_lock, {agency, text(unit_number)}))
        return Error{register_problem::seizure_unknown};
    const std::optional<SqlRow> lifted = sql.find(
        sql::register_seizure_lift, {agency, text(unit_number), text(document_number), now, text(lifting_document)});
    if (!lifted) return Error{register_problem::seizure_unknown};
    const SqlRows in_force = sql.query(sql::register_seizure_active_count, {agency, text(unit_number)});
    if (in_force.at(0).integer(0) == 0) {
        const std::optional<SqlRow> waiting =
            sql.find(sql::register_seizure_first_waiting, {agency, text(unit_number)});
        if (waiting) sql.execute(sql::register_seizure_take_effect, {agency, waiting->text(0)});
    }
    record(sql, agency, unit_number,
           event("register.seizure_lifted",
                 {
                     {"document_number", document_number },
                     {"by",              lifting_document}
    }),
           actor, now);
    return {};
}

void RegisterBook::record(Sql& sql, Agency agency, std::string_view unit_number, Event event, std::string_view actor,
                          Millis now)
{
    const std::optional<SqlRow> touched = sql.find(sql::register_unit_touch, {agency, text(unit_number), now});
    TONGBAN_ASSERT(touched.has_value());
    const std::array<Event, 1> events{std::move(event)};
    journal_.append(sql, agency, {"unit", unit_number}, touched->integer(0), events, actor, now);
}

}  // namespace tongban
