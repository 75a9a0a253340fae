#include "flows/change_catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/codes.h"
#include "base/crypto.h"
#include "base/record.h"
#include "flows/change_json.h"

namespace tongban {
namespace {

constexpr std::size_t rows_max = 100;

LineEdit read_line(JsonReader& in)
{
    LineEdit line;
    line.code = in.text("code", {.max = 20});
    line.title = in.optional_text("title", {.min = 0, .max = 100});
    line.requirement = in.choice("requirement", {"required", "conditional", "optional"});
    line.when = in.optional_text("when", {.min = 0, .max = 500});
    line.when_text = in.optional_text("when_text", {.min = 0, .max = 200});
    line.forms = in.texts("forms", 3, {.max = 20});
    line.sharing = in.optional_text("sharing", {.min = 0, .max = 200});
    line.remark = in.optional_text("remark", {.min = 0, .max = 500});
    return line;
}

QuestionEdit read_question(JsonReader& in)
{
    QuestionEdit question;
    question.id = in.text("id", {.max = 40});
    question.text = in.text("text", {.max = 300});
    question.answer = in.choice("answer", {"yes_no", "text"});
    question.expected = in.optional_text("expected", {.min = 0, .max = 3});
    question.when = in.optional_text("when", {.min = 0, .max = 500});
    question.roles = in.texts("roles", 8, {.max = 20});
    return question;
}

ListEdits read_edits(JsonReader& in)
{
    ListEdits edits;
    edits.base = in.text("base", {.max = 40});
    in.list("lines", rows_max, [&](JsonReader& one) { edits.lines.push_back(read_line(one)); });
    edits.dropped = in.texts("dropped", rows_max, {.max = 20});
    in.list("questions", rows_max, [&](JsonReader& one) { edits.questions.push_back(read_question(one)); });
    edits.promised_working_days = in.optional_integer("promised_working_days", {.min = 0, .max = 30});
    edits.applies_to_running = in.optional_text("applies_to_running", {.min = 0, .max = 300});
    in.optional_object("contact", [&](JsonReader& contact) {
        edits.contact.address = contact.optional_text("address", {.min = 0, .max = 200});
        edits.contact.phone = contact.optional_text("phone", {.min = 0, .max = 60});
        edits.contact.hours = contact.optional_text("hours", {.min = 0, .max = 200});
    });
    return edits;
}

std::string read_days(JsonReader& in)
{
    boost::json::array days;
    in.list("days", rows_max, [&](JsonReader& one) {
        boost::json::object day;
        day["day"] = one.text("day", {.max = 10});
        day["working"] = one.boolean("working");
        day["reason"] = one.text("reason", {.max = 200});
        days.push_back(std::move(day));
    });
    boost::json::object body;
    body["days"] = std::move(days);
    return boost::json::serialize(body);
}

Result<void> check_seen(const Change& change, std::int64_t seen)
{
    if (change.version == seen) return {};
    return Error{change_problem::changed_meanwhile,
                 fmt::format("{} 于 {} 改动", change.last.name, china_date_time(change.last.at))};
}

}  // namespace

// Kind and content; everything else of the change is empty.
Result<Change> ChangeCatalogue::content_of(const ApiRequest& request, Agency agency) const
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    Change change;
    change.agency = agency;
    const std::string kind = in.choice("kind", {"item", "item_switch", "calendar"});
    if (const ChangeKind* known = find_change_kind(kind)) change.kind = *known;
    change.content.reason = in.text("reason", {.max = 500, .lines = Lines::many});
    if (kind != "calendar") {
        change.content.item = in.text("item", {.max = 20});
        change.content.from = in.text("from", {.max = 10});
        if (!is_date(change.content.from)) in.fail("from", "date", "请填写施行日期");
        const auto all = parts_.catalog.items_of(agency, china_date(parts_.clock.now()));
        const bool known =
            std::ranges::any_of(all, [&](const Item* item) { return item->code == change.content.item; });
        if (!known) in.fail("item", "unknown", "没有这个事项");
    }
    switch (change.kind) {
    case ChangeKind::item:
        in.object("edits", [&](JsonReader& edits) { change.content.body = record_text(read_edits(edits)); });
        break;
    case ChangeKind::item_switch:
        in.object("switch", [&](JsonReader& one) {
            ItemSwitchEdit edit;
            edit.channel = one.optional_text("channel", {.min = 0, .max = 20});
            edit.on = one.boolean("on");
            change.content.body = record_text(edit);
        });
        break;
    case ChangeKind::calendar:
        in.object("calendar", [&](JsonReader& days) { change.content.body = read_days(days); });
        break;
    }
    TRY(in.finish());
    return change;
}

ChangeCatalogue::Checked ChangeCatalogue::check_item(Sql& sql, const Change& change) const
{
    Checked checked;
    const ChangeContent& content = change.content;
    const auto edits = record_from_text<ListEdits>(content.body);
    const bool of_province = change.agency == parts_.catalog.province();
    // Edits stand on the province's version of that day. Another than they were made for: somebody must look again.
    checked.base = parts_.catalog.find_item(parts_.catalog.province(), content.item, content.from);
    checked.before = parts_.catalog.find_item(change.agency, content.item, content.from);
    if (checked.base == nullptr || checked.base->version.empty()) {
        checked.faults.emplace_back("该事项尚无全省版本，不能修改");
        return checked;
    }
    if (checked.base->version != edits.base) {
        checked.faults.push_back(fmt::format("全省版本在施行之日将是 {}，而修改以 {} 为基础，请重新核对",
                                             checked.base->version, edits.base));
    }
    checked.name = change.name;
    if (checked.name.empty()) {
        const int serial = 1 + parts_.changes.names_on(sql, change.agency, content.item, content.from);
        checked.name = version_name(content.from, change.agency, serial);
    }
    checked.text =
        version_text(*checked.base, edits, {checked.name, content.from, of_province ? Agency{0} : change.agency});
    auto read = parts_.reader.read(content.item, checked.name, checked.text);
    checked.faults.insert(checked.faults.end(), read.faults.begin(), read.faults.end());
    if (!checked.faults.empty()) return checked;
    if (!of_province) checked.faults = law_faults(*checked.base, read.item);
    checked.item = std::move(read.item);
    return checked;
}

ChangeCatalogue::Checked ChangeCatalogue::check(Sql& sql, const Change& change) const
{
    Checked checked;
    switch (change.kind) {
    case ChangeKind::item: return check_item(sql, change);
    case ChangeKind::item_switch: {
        const Item* item = parts_.catalog.find_item(change.agency, change.content.item, change.content.from);
        const auto edit = record_from_text<ItemSwitchEdit>(change.content.body);
        if (item == nullptr || item->version.empty()) checked.faults.emplace_back("该事项在施行之日没有清单，不能开通");
        const auto channels = known_channels();
        if (!edit.channel.empty() && std::ranges::find(channels, edit.channel) == channels.end()) {
            checked.faults.push_back("没有这个渠道：" + edit.channel);
        }
        break;
    }
    case ChangeKind::calendar: {
        std::vector<SpecialDay> before;
        for (const Published& one : parts_.changes.published(sql)) {
            if (one.agency == change.agency && one.kind == ChangeKind::calendar) {
                before = special_days_from(parts_.changes.published_body(sql, one.id));
            }
        }
        std::string fault = fault_of(before, special_days_from(change.content.body), parts_.calendars.shared(),
                                     china_date(parts_.clock.now()));
        if (!fault.empty()) checked.faults.push_back(std::move(fault));
        if (change.agency == parts_.catalog.province()) {
            checked.faults.emplace_back("全省日历随国务院办公厅的安排发布，不在此修改");
        }
        break;
    }
    }
    return checked;
}

boost::json::object ChangeCatalogue::impact(Sql& sql, const Change& change, const Checked& checked) const
{
    if (change.kind == ChangeKind::item && checked.item && checked.before != nullptr) {
        return parts_.impact.of_version(sql, change.agency, *checked.before, *checked.item);
    }
    return {};
}

std::string ChangeCatalogue::answer(Sql& sql, const Change& change, const Actor& actor) const
{
    boost::json::object out = change_json(change);
    boost::json::array may;
    for (const ChangeAction action : allowed_actions(change, actor, parts_.clock.now())) {
        may.push_back(boost::json::string(to_text(action)));
    }
    out["allowed_actions"] = std::move(may);
    if (change.state == ChangeState::draft || change.state == ChangeState::in_review) {
        const Checked checked = check(sql, change);
        boost::json::array faults;
        for (const std::string& fault : checked.faults) faults.push_back(boost::json::string(fault));
        out["faults"] = std::move(faults);
        out["text"] = checked.text;
        boost::json::object seen = impact(sql, change, checked);
        out["impact_digest"] = impact_digest(seen);
        out["impact"] = std::move(seen);
    } else {
        out["text"] = change.text;
        if (!change.impact.empty()) out["impact"] = boost::json::parse(change.impact);
    }
    return boost::json::serialize(out);
}

Result<Response> ChangeCatalogue::list(ApiRequest& request)
{
    TRY(authorise(request.actor, Action::read_changes, request.actor.agency));
    const ApiRequest::Page page = TRY(request.page());
    boost::json::object out;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const ChangePage found = TRY(parts_.changes.list(sql, request.actor.agency, page.cursor, page.limit));
        boost::json::array rows;
        for (const Change& change : found.changes) rows.push_back(change_row(change, parts_.catalog));
        out = {};
        out["changes"] = std::move(rows);
        if (!found.next_cursor.empty()) out["next_cursor"] = found.next_cursor;
        return {};
    }));
    return Response::json(200, boost::json::serialize(out));
}

Result<Response> ChangeCatalogue::show(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::read_changes, actor.agency));
    std::string body;
    std::int64_t version = 0;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Change change = TRY(parts_.changes.load(sql, actor.agency, request.path("id")));
        body = answer(sql, change, actor);
        version = change.version;
        return {};
    }));
    Response response = Response::json(200, std::move(body));
    response.headers.set("ETag", etag(version));
    return response;
}

// What stands now, what the province says, and the edits that led from one to the other.
Result<Response> ChangeCatalogue::editor(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::read_changes, actor.agency));
    const std::string today = china_date(parts_.clock.now());
    const std::string code = request.path("item");
    // The day on which the change shall begin may have another version of the province than today.
    const std::string asked = request.http.query_value("from").value_or(today);
    if (!is_date(asked)) return Error{change_problem::from_in_the_past, "请填写施行日期"};
    const std::string from = std::max(today, asked);
    const Item* base = parts_.catalog.find_item(parts_.catalog.province(), code, from);
    const Item* now = parts_.catalog.find_item(actor.agency, code, from);
    if (base == nullptr || now == nullptr || base->version.empty()) return Error{catalog_problem::item_not_found};
    boost::json::object out;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        ListEdits edits;
        if (!now->registries.empty()) {
            const auto made = parts_.changes.find_named(sql, actor.agency, code, now->version);
            if (made) edits = record_from_text<ListEdits>(made->content.body);
        }
        const bool behind = !edits.base.empty() && edits.base != base->version;
        edits.base = base->version;
        out = editor_json(*base, *now, edits);
        out["behind"] = behind;
        out["on"] = parts_.catalog.is_on(actor.agency, *now, today);
        return {};
    }));
    return Response::json(200, boost::json::serialize(out));
}

Result<Response> ChangeCatalogue::draft(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::draft_change, actor.agency));
    const Change given = TRY(content_of(request, actor.agency));
    const std::string id = parts_.ids.next();
    return parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const ChangeFacts facts{actor, parts_.clock.now(), {}};
            const Change change = TRY(
                parts_.changes.act(sql, {}, change_command::Draft{actor.agency, id, given.kind, given.content}, facts));
            Response response = Response::json(201, answer(sql, change, actor));
            response.headers.set("Location", "/api/v1/catalogue/changes/" + change.id);
            response.headers.set("ETag", etag(change.version));
            return response;
        });
}

// One step of a change that is there, by a person who has seen it as it stands.
Result<Response> ChangeCatalogue::step(
    ApiRequest& request, Action action,
    const std::function<Result<ChangeCommand>(Sql&, const Change&, const Checked&)>& make)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, action, actor.agency));
    Response answered = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Change before = TRY(parts_.changes.load(sql, actor.agency, request.path("id")));
            TRY(check_seen(before, request.version()));
            const Checked checked = check(sql, before);
            const ChangeCommand command = TRY(make(sql, before, checked));
            const ChangeFacts facts{actor, parts_.clock.now(), checked.faults};
            const Change now = TRY(parts_.changes.act(sql, before, command, facts));
            Response response = Response::json(200, answer(sql, now, actor));
            response.headers.set("ETag", etag(now.version));
            return response;
        }));
    parts_.news.look();
    return answered;
}

Result<Response> ChangeCatalogue::write(ApiRequest& request)
{
    const Change given = TRY(content_of(request, request.actor.agency));
    return step(request, Action::draft_change,
                [&](Sql&, const Change& change, const Checked&) -> Result<ChangeCommand> {
                    if (change.kind != given.kind) return Error{change_problem::action_not_allowed, "变更的种类不能改"};
                    return ChangeCommand{change_command::Write{given.content}};
                });
}

Result<Response> ChangeCatalogue::hand_in(ApiRequest& request)
{
    return step(request, Action::draft_change, [](Sql&, const Change&, const Checked&) -> Result<ChangeCommand> {
        return ChangeCommand{change_command::HandIn{}};
    });
}

Result<Response> ChangeCatalogue::approve(ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string remark = in.optional_text("remark", {.min = 0, .max = 1000, .lines = Lines::many});
    const std::string seen = in.optional_text("impact_digest", {.min = 0, .max = 64});
    TRY(in.finish());
    return step(request, Action::review_change,
                [&](Sql& sql, const Change& change, const Checked& checked) -> Result<ChangeCommand> {
                    boost::json::object now = impact(sql, change, checked);
                    if (seen != impact_digest(now)) return Error{change_problem::impact_changed};
                    return ChangeCommand{
                        change_command::Approve{remark, checked.name, checked.text,
                                                now.empty() ? "" : boost::json::serialize(now)}
                    };
                });
}

Result<Response> ChangeCatalogue::send_back(ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string remark = in.text("remark", {.max = 1000, .lines = Lines::many});
    TRY(in.finish());
    return step(request, Action::review_change, [&](Sql&, const Change&, const Checked&) -> Result<ChangeCommand> {
        return ChangeCommand{change_command::SendBack{remark}};
    });
}

Result<Response> ChangeCatalogue::withdraw(ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string reason = in.text("reason", {.max = 1000, .lines = Lines::many});
    TRY(in.finish());
    return step(request, Action::draft_change, [&](Sql&, const Change&, const Checked&) -> Result<ChangeCommand> {
        return ChangeCommand{change_command::Withdraw{reason}};
    });
}

}  // namespace tongban
