#include "flows/change_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/crypto.h"
#include "base/record.h"
#include "modules/catalog/core/differences.h"

namespace tongban {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& all)
{
    json::array out;
    for (const std::string& one : all) out.push_back(json::string(one));
    return out;
}

json::value stamp_json(const Stamp& stamp)
{
    if (stamp.at == 0) return nullptr;
    json::object out;
    out["at"] = utc_text(stamp.at);
    out["name"] = stamp.name;
    return out;
}

json::object line_json(const ListLine& line)
{
    json::array forms;
    for (const MaterialForm form : line.forms) forms.push_back(json::string(to_text(form)));
    json::object out;
    out["code"] = line.code;
    out["title"] = line.title;
    out["requirement"] = to_text(line.requirement);
    out["when"] = line.condition.text();
    out["when_text"] = line.condition_text;
    out["forms"] = std::move(forms);
    out["sharing"] = line.sharing;
    out["remark"] = line.remark;
    out["must_not_demand"] = line.must_not_demand;
    out["generated"] = line.generated;
    out["local"] = line.local;
    return out;
}

json::object question_json(const InterviewQuestion& question)
{
    json::object out;
    out["id"] = question.id;
    out["text"] = question.text;
    out["answer"] = to_text(question.answer);
    out["expected"] = question.expected;
    out["when"] = question.when.text();
    out["roles"] = texts(question.roles);
    return out;
}

json::object side_json(const Item& item)
{
    json::array lines;
    for (const ListLine& line : item.lines) lines.push_back(line_json(line));
    json::array questions;
    for (const InterviewQuestion& question : item.questions) questions.push_back(question_json(question));
    json::object out;
    out["version"] = item.version;
    out["valid_from"] = item.valid_from;
    out["promised_working_days"] = item.promised_working_days;
    out["lines"] = std::move(lines);
    out["questions"] = std::move(questions);
    return out;
}

}  // namespace

json::object change_json(const Change& change)
{
    json::object out;
    out["id"] = change.id;
    out["version"] = change.version;
    out["kind"] = to_text(change.kind);
    out["state"] = to_text(change.state);
    out["item"] = change.content.item;
    out["from"] = change.content.from;
    out["reason"] = change.content.reason;
    out["name"] = change.name;
    const char* body = change.kind == ChangeKind::item          ? "edits"
                       : change.kind == ChangeKind::item_switch ? "switch"
                                                                : "calendar";
    out[body] = json::parse(change.content.body);
    out["drafted"] = stamp_json(change.drafted);
    out["written"] = stamp_json(change.written);
    out["handed_in"] = stamp_json(change.handed_in);
    json::array reviews;
    for (const ChangeReview& review : change.reviews) {
        json::object one;
        one["by"] = stamp_json(review.stamp);
        one["approved"] = review.approved;
        one["remark"] = review.remark;
        reviews.push_back(std::move(one));
    }
    out["reviews"] = std::move(reviews);
    out["withdrawn_because"] = change.withdrawn_because;
    return out;
}

json::object change_row(const Change& change, const Catalog& catalog)
{
    std::string item_name;
    for (const Item* item : catalog.items()) {
        if (item->code == change.content.item) item_name = item->name;
    }
    json::object out;
    out["id"] = change.id;
    out["kind"] = to_text(change.kind);
    out["state"] = to_text(change.state);
    out["item"] = change.content.item;
    out["item_name"] = std::move(item_name);
    out["from"] = change.content.from;
    out["name"] = change.name;
    out["reason"] = change.content.reason;
    out["last"] = stamp_json(change.last);
    return out;
}

json::object editor_json(const Item& base, const Item& now, const ListEdits& edits)
{
    json::object out;
    out["item"] = base.code;
    out["name"] = base.name;
    out["own"] = !now.registries.empty();
    out["base"] = side_json(base);
    out["now"] = side_json(now);
    out["edits"] = json::value_from(edits);
    json::array roles;
    for (const RoleRule& rule : base.roles) {
        json::object one;
        one["role"] = rule.role;
        one["name"] = role_name(rule.role);
        roles.push_back(std::move(one));
    }
    out["roles"] = std::move(roles);
    json::array fields;
    for (const FormField& field : base.fields) {
        json::object one;
        one["fact"] = field.key;
        one["name"] = field.label;
        fields.push_back(std::move(one));
    }
    out["fields"] = std::move(fields);
    return out;
}

json::object list_change_json(const Item& pinned, const Item& later)
{
    json::object out;
    out["version"] = later.version;
    out["valid_from"] = later.valid_from;
    out["reason"] = later.applies_to_running;
    out["differences"] = to_json(differences(pinned, later));
    return out;
}

std::string impact_digest(const json::object& impact)
{
    const json::value* differences = impact.if_contains("differences");
    return differences == nullptr ? std::string{} : sm3_hex(json::serialize(*differences));
}

}  // namespace tongban
