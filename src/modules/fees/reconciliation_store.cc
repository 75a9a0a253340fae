#include "modules/fees/reconciliation_store.h"

#include <algorithm>
#include <boost/json.hpp>

#include "modules/fees/fees_problems.h"
#include "sql/reconciliation_sql.h"

namespace tongban {
namespace {

namespace json = boost::json;

std::string text(std::string_view view)
{
    return std::string(view);
}

SqlValue amount(const std::optional<std::int64_t>& fen)
{
    return fen ? SqlValue{*fen} : SqlValue{};
}

std::optional<std::int64_t> amount_at(const SqlRow& row, std::size_t i)
{
    if (row.is_null(i)) return std::nullopt;
    return row.integer(i);
}

ReconciliationItem item_of(const SqlRow& row)
{
    const MoneyKind* kind = find_money_kind(row.text(0));
    const Mismatch* verdict = find_mismatch(row.text(3));
    TONGBAN_ASSERT(kind != nullptr && verdict != nullptr);
    ReconciliationItem item;
    item.difference = {*verdict, *kind, row.text(1), row.text(2), amount_at(row, 4), amount_at(row, 5), row.integer(6)};
    item.resolution = row.text(7);
    item.reason = row.text(8);
    item.resolved_by = row.text(9);
    item.resolved_at = row.is_null(10) ? 0 : row.integer(10);
    return item;
}

}  // namespace

void ReconciliationStore::put(Sql& sql, Agency agency, std::string_view day, const Reconciliation& result,
                              const Stamp& by)
{
    sql.execute(sql::reconciliation_put,
                {agency, text(day), result.matched, result.ours_fen, result.theirs_fen, by.at, by.account, by.name});
    sql.execute(sql::reconciliation_items_forget, {agency, text(day)});
    for (const MoneyDifference& found : result.differences) {
        sql.execute(sql::reconciliation_item_put,
                    {agency, text(day), text(to_text(found.kind)), found.reference, found.order_id,
                     text(to_text(found.verdict)), amount(found.ours_fen), amount(found.theirs_fen), found.at});
    }
}

bool ReconciliationStore::has(Sql& sql, Agency agency, std::string_view day)
{
    return sql.find(sql::reconciliation_get, {agency, text(day)}).has_value();
}

std::vector<ReconciledDay> ReconciliationStore::page(Sql& sql, Agency agency, std::string_view before, int rows_max)
{
    const std::string from = before.empty() ? "9999-12-31" : text(before);
    std::vector<ReconciledDay> days;
    for (const SqlRow& row : sql.query(sql::reconciliations_page, {agency, from, std::int64_t{rows_max}})) {
        days.push_back({row.text(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4), row.text(5),
                        row.integer(6), row.integer(7)});
    }
    return days;
}

Result<ReconciledDay> ReconciliationStore::load(Sql& sql, Agency agency, std::string_view day)
{
    const std::optional<SqlRow> row = sql.find(sql::reconciliation_get, {agency, text(day)});
    if (!row) return Error{fees_problem::day_not_reconciled};
    ReconciledDay found{
        row->text(0), row->integer(1), row->integer(2), row->integer(3), row->integer(4), row->text(5), 0, 0};
    for (const ReconciliationItem& item : items(sql, agency, day)) {
        ++found.items;
        if (item.resolution.empty()) ++found.open;
    }
    return found;
}

std::vector<ReconciliationItem> ReconciliationStore::items(Sql& sql, Agency agency, std::string_view day)
{
    std::vector<ReconciliationItem> all;
    for (const SqlRow& row : sql.query(sql::reconciliation_items, {agency, text(day)})) all.push_back(item_of(row));
    return all;
}

Result<ReconciliationItem> ReconciliationStore::item(Sql& sql, Agency agency, const ItemKey& key)
{
    const std::optional<SqlRow> row =
        sql.find(sql::reconciliation_item_get, {agency, key.day, text(to_text(key.kind)), key.reference});
    if (!row) return Error{fees_problem::item_not_found};
    return item_of(*row);
}

Result<void> ReconciliationStore::resolve(Sql& sql, Agency agency, const ItemKey& key, std::string_view resolution,
                                          std::string_view reason, const Stamp& by)
{
    const std::optional<SqlRow> resolved =
        sql.find(sql::reconciliation_item_resolve, {agency, key.day, text(to_text(key.kind)), key.reference,
                                                    text(resolution), text(reason), by.account, by.name, by.at});
    if (!resolved) return Error{fees_problem::item_resolved};
    return {};
}

json::object to_json(const ReconciledDay& day)
{
    return {
        {"day",        day.day             },
        {"matched",    day.matched         },
        {"ours_fen",   day.ours_fen        },
        {"theirs_fen", day.theirs_fen      },
        {"ran_at",     utc_text(day.ran_at)},
        {"ran_by",     day.ran_by          },
        {"items",      day.items           },
        {"open",       day.open            }
    };
}

}  // namespace tongban
