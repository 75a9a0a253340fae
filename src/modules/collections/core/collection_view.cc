#include "modules/collections/core/collection_view.h"

#include <boost/json.hpp>

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
        checks.push_back({{"rule", check.rule},
                          {"severity", check.severity},
                          {"passed", check.passed},
                          {"message", check.message},
                          {"source", check.source}});
    }
    return {{"unit_number", unit.unit_number}, {"found", unit.found}, {"location", unit.location},
            {"use", unit.use},                 {"area", unit.area},   {"checks", std::move(checks)}};
}

json::object delivery_json(const Delivery& delivery)
{
    const bool received = delivery.received_at != 0;
    json::object out{{"state", received ? "received" : "waiting"},
                     {"message_id", delivery.message_id},
                     {"package_digest", delivery.package_digest},
                     {"pushed_at", utc_text(delivery.pushed_at)}};
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
        json::object one{{"text", line.text}};
        if (!line.line.empty()) one["line"] = line.line;
        lines.push_back(std::move(one));
    }
    return {{"requested_at", utc_text(supplement.requested_at)}, {"lines", std::move(lines)}};
}

}  // namespace

std::string collection_text(const Collection& sitting, const Item& item, const Catalog& catalog, const Actor& viewer)
{
    json::object out{{"id", sitting.id},
                     {"number", sitting.number},
                     {"version", sitting.version},
                     {"state", to_text(sitting.state)},
                     {"agency", std::to_string(sitting.agency)},
                     {"agency_name", registry_name(catalog, sitting.agency)},
                     {"home", std::to_string(sitting.home)},
                     {"home_name", registry_name(catalog, sitting.home)},
                     {"item", sitting.item},
                     {"item_name", item.name},
                     {"catalog_version", sitting.catalog_version},
                     {"clerk", sitting.opened.name},
                     {"opened_at", utc_text(sitting.opened.at)},
                     {"parties", parties_json(sitting.dossier)},
                     {"materials", materials_json(sitting.dossier, item)}};
    if (!sitting.told.number.empty()) out["case_number"] = sitting.told.number;
    if (!sitting.told.state.empty()) out["case_state"] = sitting.told.state;
    if (sitting.dossier.application) out["application"] = application_json(*sitting.dossier.application);
    if (sitting.unit) out["unit"] = unit_json(*sitting.unit);
    if (sitting.delivery) out["delivery"] = delivery_json(*sitting.delivery);
    if (sitting.told.supplement) out["supplement"] = supplement_json(*sitting.told.supplement);

    json::array questions;
    for (const InterviewQuestion& question : item.questions) {
        json::object one{{"id", question.id}, {"text", question.text}, {"answer", to_text(question.answer)}};
        if (!question.expected.empty()) one["expected"] = question.expected;
        json::array roles;
        for (const std::string& role : question.roles) roles.push_back(json::string(role));
        if (!roles.empty()) one["roles"] = std::move(roles);
        questions.push_back(std::move(one));
    }
    out["questions"] = std::move(questions);

    json::array missing;
    for (const Missing& line : missing_of(sitting.dossier, item)) {
        missing.push_back({{"step", line.step}, {"pointer", line.pointer}, {"text", line.text}});
    }
    out["missing"] = std::move(missing);

    json::array progress;
    for (const ToldProgress& step : sitting.told.progress) {
        progress.push_back({{"at", utc_text(step.at)}, {"what", step.what}, {"text", step.text}, {"by", step.by}});
    }
    out["progress"] = std::move(progress);

    json::array actions;
    for (const CollectionAction action : allowed_actions(sitting, viewer)) actions.push_back(json::string(to_text(action)));
    out["allowed_actions"] = std::move(actions);
    return json::serialize(out);
}

std::string collection_rows_text(const CollectionPage& page, const Catalog& catalog, std::string_view today)
{
    json::array rows;
    for (const CollectionRow& row : page.rows) {
        json::object one{{"id", row.id},
                         {"number", row.number},
                         {"state", row.state},
                         {"home", std::to_string(row.home)},
                         {"home_name", registry_name(catalog, row.home)},
                         {"item", row.item},
                         {"item_name", row.item},
                         {"parties", row.parties},
                         {"opened_at", utc_text(row.opened_at)},
                         {"changed_at", utc_text(row.changed_at)}};
        if (!row.case_number.empty()) one["case_number"] = row.case_number;
        if (!row.case_state.empty()) one["case_state"] = row.case_state;
        if (const Result<const Item*> item = catalog.item_in_force(row.home, row.item, today)) {
            one["item_name"] = (*item)->name;
        }
        rows.push_back(std::move(one));
    }
    json::object out{{"collections", std::move(rows)}};
    if (!page.next_cursor.empty()) out["next_cursor"] = page.next_cursor;
    return json::serialize(out);
}

}  // namespace tongban
