#include "modules/collections/core/collection_view.h"

#include <algorithm>
#include <boost/json.hpp>

#include "modules/catalog/core/item_json.h"
#include "modules/materials/core/dossier_json.h"
#include "modules/materials/core/missing.h"

namespace tongban {
namespace {

std::string registry_name(const Catalog& catalog, Agency code)
{
    const Registry* registry = catalog.find_registry(code);
    return registry == nullptr ? std::to_string(code) : registry->name;
}

json::object unit_json(const UnitPreview& unit)
{
    json::array checks;
    for (const PreviewCheck& check : unit.checks) {
        json::object entry;
        entry["rule"] = check.rule;
        entry["severity"] = check.severity;
        entry["passed"] = check.passed;
        entry["message"] = check.message;
        entry["source"] = check.source;
        checks.push_back(std::move(entry));
    }
    json::object out;
    out["unit_number"] = unit.unit_number;
    out["found"] = unit.found;
    out["location"] = unit.location;
    out["use"] = unit.use;
    out["area"] = unit.area;
    out["checks"] = std::move(checks);
    return out;
}

json::object delivery_json(const Delivery& delivery)
{
    const bool received = delivery.received_at != 0;
    json::object out;
    out["state"] = received ? "received" : "waiting";
    out["message_id"] = delivery.message_id;
    out["package_digest"] = delivery.package_digest;
    out["pushed_at"] = utc_text(delivery.pushed_at);
    if (received) {
        out["received_at"] = utc_text(delivery.received_at);
        out["receipt_signature"] = delivery.receipt_signature;
    }
    return out;
}

json::object supplement_json(const RequestedSupplement& supplement)
{
    json::array lines;
    for (const RequestedLine& line : supplement.lines) {
        json::object one;
        one["text"] = line.text;
        if (!line.line.empty()) one["line"] = line.line;
        lines.push_back(std::move(one));
    }
    json::object out;
    out["requested_at"] = utc_text(supplement.requested_at);
    out["lines"] = std::move(lines);
    return out;
}

json::object board_json(const Board& board, const Dossier& dossier)
{
    json::array parties;
    for (const BoardParty& party : board.parties) {
        json::object one;
        one["id"] = party.id;
        one["name"] = party.name;
        one["role"] = party.role;
        one["state"] = party.verified ? "verified" : "missing";
        one["place"] = party.place;
        one["own"] = find_party(dossier, party.id) != nullptr;
        if (!party.expected_at.empty()) one["expected_at"] = party.expected_at;
        parties.push_back(std::move(one));
    }
    json::array lines;
    for (const BoardLine& line : board.missing_lines) {
        json::object one;
        one["code"] = line.code;
        one["title"] = line.title;
        lines.push_back(std::move(one));
    }
    json::array differences;
    for (const BoardQuestion& question : board.differences) {
        json::object one;
        one["question"] = question.question;
        one["text"] = question.text;
        differences.push_back(std::move(one));
    }
    json::object out;
    out["applied_on"] = board.applied_on;
    if (!board.last_day.empty()) out["last_day"] = board.last_day;
    out["parties"] = std::move(parties);
    out["missing_lines"] = std::move(lines);
    out["differences"] = std::move(differences);
    return out;
}

bool answered_otherwise(const Dossier& dossier, const EarlierAnswer& earlier)
{
    return std::ranges::any_of(dossier.parties, [&](const Participant& participant) {
        return std::ranges::any_of(participant.answers, [&](const InterviewAnswer& given) {
            return given.question == earlier.question && !same_answer(given.answer, earlier.answer);
        });
    });
}

json::object joined_json(const Collection& sitting, const Item& item)
{
    const JoinedCase& joined = *sitting.joined;
    json::array lines;
    for (const LineThere& line : joined.lines) {
        const ListLine* listed = item.find_line(line.line);
        json::object one;
        one["line"] = line.line;
        one["title"] = listed == nullptr ? line.line : listed->title;
        one["pages"] = line.pages;
        lines.push_back(std::move(one));
    }
    json::array earlier;
    for (const EarlierAnswer& answer : joined.earlier) {
        json::object one;
        one["question"] = answer.question;
        one["text"] = answer.text;
        one["answer"] = answer.answer;
        one["name"] = answer.name;
        one["differs"] = answered_otherwise(sitting.dossier, answer);
        earlier.push_back(std::move(one));
    }
    json::object out;
    out["purpose"] = to_text(joined.purpose);
    out["party"] = joined.party;
    out["lines_there"] = std::move(lines);
    out["earlier_answers"] = std::move(earlier);
    return out;
}

}  // namespace

std::string collection_text(const Collection& sitting, const Item& item, const Catalog& catalog, const Actor& viewer,
                            std::string_view today)
{
    const Facts facts = visit_facts(sitting.dossier, item, capacity_day(sitting, today), other_visits(sitting));
    json::object out;
    out["id"] = sitting.id;
    out["number"] = sitting.number;
    out["version"] = sitting.version;
    out["state"] = to_text(sitting.state);
    out["channel"] = to_text(sitting.channel);
    out["agency"] = std::to_string(sitting.agency);
    out["agency_name"] = registry_name(catalog, sitting.agency);
    out["home"] = std::to_string(sitting.home);
    out["home_name"] = registry_name(catalog, sitting.home);
    out["item"] = sitting.item;
    out["item_name"] = item.name;
    out["catalog_version"] = sitting.catalog_version;
    out["clerk"] = sitting.opened.name;
    out["opened_at"] = utc_text(sitting.opened.at);
    out["parties"] = parties_json(sitting.dossier, item, facts);
    out["materials"] = materials_json(sitting.dossier, item, facts);
    if (!sitting.told.number.empty()) out["case_number"] = sitting.told.number;
    if (!sitting.told.state.empty()) out["case_state"] = sitting.told.state;
    if (sitting.dossier.application) out["application"] = application_json(*sitting.dossier.application, item);
    if (sitting.unit) out["unit"] = unit_json(*sitting.unit);
    if (sitting.joined) out["joined"] = joined_json(sitting, item);
    if (sitting.told.board) out["board"] = board_json(*sitting.told.board, sitting.dossier);
    if (sitting.delivery) out["delivery"] = delivery_json(*sitting.delivery);
    if (sitting.told.supplement) out["supplement"] = supplement_json(*sitting.told.supplement);

    json::array questions;
    for (const InterviewQuestion& question : item.questions) {
        json::object one;
        one["id"] = question.id;
        one["text"] = question.text;
        one["answer"] = to_text(question.answer);
        if (!question.expected.empty()) one["expected"] = question.expected;
        json::array roles;
        for (const std::string& role : question.roles) roles.push_back(json::string(role));
        if (!roles.empty()) one["roles"] = std::move(roles);
        questions.push_back(std::move(one));
    }
    out["questions"] = std::move(questions);

    json::array fields;
    for (const FormField& field : item.fields) fields.push_back(field_json(field));
    out["fields"] = std::move(fields);
    json::array roles;
    for (const RoleRule& rule : item.roles) {
        json::object one;
        one["role"] = rule.role;
        one["min"] = rule.min;
        one["max"] = rule.max;
        one["side"] = to_text(rule.side);
        json::array kinds;
        if (rule.persons) kinds.push_back("person");
        if (rule.organisations) kinds.push_back("organisation");
        one["kinds"] = std::move(kinds);
        roles.push_back(std::move(one));
    }
    out["roles"] = std::move(roles);
    out["agents"] = item.agents;
    out["checks"] = to_json(judge(item.rules, item.matter, facts, Moment::advice));

    json::array missing;
    for (const Missing& line : missing_in(sitting, item, today)) {
        json::object entry;
        entry["step"] = line.step;
        entry["pointer"] = line.pointer;
        entry["text"] = line.text;
        missing.push_back(std::move(entry));
    }
    out["missing"] = std::move(missing);

    json::array progress;
    for (const ToldProgress& step : sitting.told.progress) {
        json::object entry;
        entry["at"] = utc_text(step.at);
        entry["what"] = step.what;
        entry["text"] = step.text;
        entry["by"] = step.by;
        progress.push_back(std::move(entry));
    }
    out["progress"] = std::move(progress);

    json::array actions;
    for (const CollectionAction action : allowed_actions(sitting, viewer))
        actions.push_back(json::string(to_text(action)));
    // Who may end the application may also call the others again.
    const auto& allowed = actions;
    const bool waits = std::ranges::any_of(allowed, [](const json::value& action) { return action == "end"; });
    if (waits) actions.push_back("renew_code");
    out["allowed_actions"] = std::move(actions);
    return json::serialize(out);
}

std::string collection_rows_text(const CollectionPage& page, const Catalog& catalog, std::string_view today)
{
    json::array rows;
    for (const CollectionRow& row : page.rows) {
        json::object one;
        one["id"] = row.id;
        one["number"] = row.number;
        one["state"] = row.state;
        one["home"] = std::to_string(row.home);
        one["home_name"] = registry_name(catalog, row.home);
        one["item"] = row.item;
        one["item_name"] = row.item;
        one["parties"] = row.parties;
        one["opened_at"] = utc_text(row.opened_at);
        one["changed_at"] = utc_text(row.changed_at);
        if (!row.case_number.empty()) one["case_number"] = row.case_number;
        if (!row.case_state.empty()) one["case_state"] = row.case_state;
        if (const Result<const Item*> item = catalog.item_in_force(row.home, row.item, today)) {
            one["item_name"] = (*item)->name;
        }
        rows.push_back(std::move(one));
    }
    json::object out;
    out["collections"] = std::move(rows);
    if (!page.next_cursor.empty()) out["next_cursor"] = page.next_cursor;
    return json::serialize(out);
}

}  // namespace tongban
