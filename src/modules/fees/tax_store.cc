#include "modules/fees/tax_store.h"

#include "base/record.h"
#include "modules/fees/fees_problems.h"
#include "sql/tax_sql.h"

namespace tongban {
namespace {

TaxSettlement settlement_of(const SqlRow& row)
{
    const TaxState* state = find_tax_state(row.text(2));
    TONGBAN_ASSERT(state != nullptr);
    TaxSettlement settlement;
    settlement.case_number = row.text(0);
    settlement.version = row.integer(1);
    settlement.answer.state = *state;
    settlement.answer.reference = row.text(3);
    settlement.answer.amount_fen = row.integer(4);
    settlement.answer.lines = record_from_text<std::vector<TaxLine>>(row.text(5));
    settlement.answer.tax_date = row.text(6);
    settlement.answer.receipt = row.text(7);
    settlement.answer.message = row.text(8);
    settlement.answer.pay_url = row.text(9);
    settlement.basis = row.text(10);
    settlement.asked_at = row.integer(11);
    settlement.asked_by = row.text(12);
    settlement.refund_reference = row.text(13);
    return settlement;
}

// Evidence of what the authority said when; the amount and the receipt are what a dispute is about.
std::string event_body(const TaxSettlement& kept)
{
    boost::json::object body;
    body["case_number"] = kept.case_number;
    body["state"] = to_text(kept.answer.state);
    body["reference"] = kept.answer.reference;
    body["amount_fen"] = kept.answer.amount_fen;
    body["tax_date"] = kept.answer.tax_date;
    body["receipt"] = kept.answer.receipt;
    body["basis"] = kept.basis;
    return boost::json::serialize(body);
}

}  // namespace

std::optional<TaxSettlement> TaxStore::find_for_case(Sql& sql, Agency agency, std::string_view case_number)
{
    const std::optional<SqlRow> row = sql.find(sql::tax_of_case, {agency, std::string(case_number)});
    if (!row) return std::nullopt;
    return settlement_of(*row);
}

TaxSettlement TaxStore::keep(Sql& sql, Agency agency, const TaxSettlement& fresh)
{
    const std::optional<TaxSettlement> before = find_for_case(sql, agency, fresh.case_number);
    TaxSettlement kept = fresh;
    kept.version = before ? before->version + 1 : 1;
    const TaxAnswer& answer = kept.answer;
    sql.execute(sql::tax_keep,
                {agency, kept.case_number, kept.version, std::string(to_text(answer.state)), answer.reference,
                 answer.amount_fen, record_text(answer.lines), answer.tax_date, answer.receipt, answer.message,
                 answer.pay_url, kept.basis, kept.asked_at, kept.asked_by});
    const Event event{"tax.answered", event_body(kept)};
    journal_.append(sql, agency, {"tax", kept.case_number}, kept.version, std::span(&event, 1), kept.asked_by,
                    kept.asked_at);
    return kept;
}

Result<TaxSettlement> TaxStore::note_refund(Sql& sql, Agency agency, std::string_view case_number,
                                            std::string_view reference, std::string_view actor, Millis now)
{
    std::optional<TaxSettlement> kept = find_for_case(sql, agency, case_number);
    if (!kept || kept->answer.state != TaxState::paid) return Error{fees_problem::tax_not_refundable};
    const std::optional<SqlRow> noted =
        sql.find(sql::tax_note_refund, {agency, kept->case_number, std::string(reference)});
    TONGBAN_ASSERT(noted.has_value());
    kept->version = noted->integer(0);
    kept->refund_reference = reference;
    boost::json::object body;
    body["case_number"] = kept->case_number;
    body["refund_reference"] = reference;
    const Event event{"tax.refund_told", boost::json::serialize(body)};
    journal_.append(sql, agency, {"tax", kept->case_number}, kept->version, std::span(&event, 1), actor, now);
    return *kept;
}

}  // namespace tongban
