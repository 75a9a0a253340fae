#include "modules/register_book/register_book.h"

#include <array>

#include "base/codes.h"
#include "modules/register_book/register_problems.h"
#include "modules/register_book/register_rows.h"
#include "sql/register_book_sql.h"

namespace tongban {

RegisterBook::RegisterBook(Vault& vault, IdSource& ids, Journal& journal) : vault_(vault), ids_(ids), journal_(journal)
{
}

RegisterView RegisterBook::find_unit(Sql& sql, Agency agency, std::string_view unit_number)
{
    RegisterView view;
    view.unit_number = unit_number;
    const std::optional<SqlRow> unit = sql.find(sql::register_unit_find, {agency, view.unit_number});
    if (!unit) return view;
    const UnitUse* use = find_unit_use(unit->text(3));
    TONGBAN_ASSERT(use != nullptr);
    view.found = true;
    view.version = unit->integer(0);
    view.status = status_of(unit->integer(1));
    view.location = unit->text(2);
    view.use = *use;
    view.use_name = unit->text(4);
    view.area = unit->text(5);
    view.right_type = unit->text(6);
    view.right_nature = unit->text(7);
    view.structure = unit->text(8);
    view.placeholder = unit->integer(9) != 0;
    view.term_until = unit->text(10);
    view.locked = unit->integer(11) != 0;
    view.lock_reason = unit->text(12);
    view.lock_document = unit->text(13);
    view.locked_by = unit->text(14);
    view.locked_at = unit->integer(15);
    for (const SqlRow& row :
         sql.query(sql::register_rights_of, {agency, view.unit_number, parcel_unit(view.unit_number)})) {
        add_to_view(view, row);
    }
    return view;
}

RegisterView RegisterBook::lock_unit(Sql& sql, Agency agency, std::string_view unit_number)
{
    // The lock has to come first: under read committed only statements that begin after it see what its last holder
    // committed. What is written on the parcel touches this row too, so one lock is enough.
    const std::optional<SqlRow> locked = sql.find(sql::register_unit_lock, {agency, std::string(unit_number)});
    if (!locked) {
        RegisterView unknown;
        unknown.unit_number = unit_number;
        return unknown;
    }
    return find_unit(sql, agency, unit_number);
}

std::vector<std::string> RegisterBook::units_on_parcel(Sql& sql, Agency agency, std::string_view unit_number)
{
    std::vector<std::string> all;
    const SqlRows rows = sql.query(sql::register_units_on_parcel, {agency, unit_parcel(unit_number)});
    for (const SqlRow& row : rows) all.push_back(row.text(0));
    return all;
}

std::vector<std::string> RegisterBook::units_of_number(Sql& sql, Agency agency, std::string_view number, int rows_max)
{
    std::vector<std::string> all;
    const SqlRows rows = sql.query(sql::register_units_of_number, {agency, vault_.digest(agency, number), rows_max});
    for (const SqlRow& row : rows) all.push_back(row.text(0));
    return all;
}

RightHolder RegisterBook::holder(Agency agency, std::string_view name, std::string_view document_type,
                                 std::string_view number)
{
    return {std::string(name), std::string(document_type), masked_number(number), vault_.seal(agency, number),
            vault_.digest(agency, number)};
}

bool RegisterBook::add_unit(Sql& sql, Agency agency, const NewUnit& unit, std::string_view actor, Millis now)
{
    const std::optional<SqlRow> added =
        sql.find(sql::register_unit_add,
                 {agency, unit.unit_number, unit.location, std::string(to_text(unit.use)), unit.use_name, unit.area,
                  unit.right_type, unit.right_nature, unit.structure, now, unit.placeholder ? 1 : 0, unit.term_until});
    if (!added) return false;
    record(sql, agency, unit.unit_number,
           unit_event("register.unit_added",
                      {
                          {"location", unit.location}
    }),
           actor, now);
    return true;
}

Result<void> RegisterBook::set_lock(Sql& sql, Agency agency, const NewLock& lock, std::string_view actor, Millis now)
{
    if (!find_unit(sql, agency, lock.unit_number).found) return Error{register_problem::unit_unknown};
    const std::optional<SqlRow> locked =
        sql.find(sql::register_unit_set_lock,
                 {agency, lock.unit_number, 1, lock.reason, lock.document, std::string(actor), now});
    if (!locked) return Error{register_problem::already_locked};
    record(sql, agency, lock.unit_number,
           unit_event("register.locked",
                      {
                          {"reason",   lock.reason  },
                          {"document", lock.document}
    }),
           actor, now);
    return {};
}

Result<void> RegisterBook::release_lock(Sql& sql, Agency agency, std::string_view unit_number, std::string_view reason,
                                        std::string_view actor, Millis now)
{
    if (!find_unit(sql, agency, unit_number).found) return Error{register_problem::unit_unknown};
    const std::optional<SqlRow> released =
        sql.find(sql::register_unit_set_lock, {agency, std::string(unit_number), 0, "", "", "", 0});
    if (!released) return Error{register_problem::not_locked};
    record(sql, agency, unit_number,
           unit_event("register.unlocked",
                      {
                          {"reason", reason}
    }),
           actor, now);
    return {};
}

Result<void> RegisterBook::link_placeholder(Sql& sql, Agency agency, std::string_view unit_number,
                                            std::string_view actor, Millis now)
{
    const std::optional<SqlRow> linked = sql.find(sql::register_unit_link, {agency, std::string(unit_number)});
    if (!linked) return Error{register_problem::not_placeholder};
    record(sql, agency, unit_number, unit_event("register.linked", {}), actor, now);
    return {};
}

Result<RegisterView> RegisterBook::judged(Sql& sql, Agency agency, std::string_view unit_number,
                                          std::int64_t reviewed_version)
{
    RegisterView view = lock_unit(sql, agency, unit_number);
    if (!view.found) return Error{register_problem::unit_unknown};
    if (view.version != reviewed_version) return Error{register_problem::changed_meanwhile};
    return view;
}

void RegisterBook::record(Sql& sql, Agency agency, std::string_view unit_number, Event event, std::string_view actor,
                          Millis now)
{
    const std::optional<SqlRow> touched = sql.find(sql::register_unit_touch, {agency, std::string(unit_number), now});
    TONGBAN_ASSERT(touched.has_value());
    const std::array<Event, 1> events{std::move(event)};
    journal_.append(sql, agency, {"unit", unit_number}, touched->integer(0), events, actor, now);
}

void RegisterBook::record_on_parcel(Sql& sql, Agency agency, std::string_view unit_number, const Event& event,
                                    std::string_view actor, Millis now)
{
    record(sql, agency, unit_number, event, actor, now);
    if (unit_kind(unit_number) != UnitKind::parcel) return;
    for (const std::string& unit : units_on_parcel(sql, agency, unit_number)) {
        record(sql, agency, unit, event, actor, now);
    }
}

}  // namespace tongban
