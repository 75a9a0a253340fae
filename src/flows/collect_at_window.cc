#include "flows/collect_at_window.h"

#include <boost/json.hpp>

#include "base/codes.h"
#include "flows/collection_documents.h"
#include "flows/page_files.h"
#include "modules/access/core/access_problems.h"
#include "modules/collections/core/collection_view.h"
#include "modules/collections/core/collections_problems.h"
#include "modules/materials/core/missing.h"

namespace tongban {
namespace {

namespace command = collection_command;

Result<Agency> agency_from_text(const std::string& code, const Catalog& catalog)
{
    Agency agency = 0;
    if (code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos) agency = std::stoi(code);
    TRY(catalog.get_registry(agency));
    return agency;
}

template <class T>
Result<T> read_body(const ApiRequest& request, const std::function<T(JsonReader&)>& read)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    T value = read(in);
    TRY(in.finish());
    return value;
}

std::string reason_of(JsonReader& in)
{
    return in.text("reason", {.max = 1000, .lines = Lines::many});
}

bool cites_power(const PartyInput& input)
{
    return input.power && input.power->form == PowerForm::standing;
}

VisitChannel channel_of(const Actor& actor)
{
    return is_online(actor) ? VisitChannel::online : VisitChannel::window;
}

std::string location_of(const Collection& sitting)
{
    if (sitting.channel == VisitChannel::window) return "/api/v1/collections/" + sitting.id;
    return "/api/v1/portal/applications/" + std::to_string(sitting.home) + "/" + sitting.id;
}

// What the sitting hands over: all of it, or of one that only brings materials no parties, but who brought them.
Package package_of(const Collection& sitting)
{
    Package package{sitting.id,   sitting.number,          sitting.opened.name,
                    sitting.item, sitting.catalog_version, sitting.dossier};
    if (!sitting.joined || sitting.joined->purpose != JoinPurpose::materials) return package;
    for (const Participant& participant : package.dossier.parties) {
        if (is_verified(participant.party)) package.handed_in_by.push_back(participant.party.name);
    }
    package.dossier.parties.clear();
    return package;
}

}  // namespace

bool is_online(const Actor& actor)
{
    return actor.account.starts_with("person:");
}

Result<const Item*> CollectAtWindow::item_of(const Collection& sitting) const
{
    return parts_.catalog.item_version(sitting.item, sitting.catalog_version);
}

CollectionFacts CollectAtWindow::facts(const Actor& actor, const Item* item) const
{
    CollectionFacts facts;
    facts.actor = actor;
    facts.now = parts_.clock.now();
    facts.item = item;
    return facts;
}

Result<Response> CollectAtWindow::answer(const Collection& sitting, const Actor& viewer, int status)
{
    const Item* item = TRY(item_of(sitting));
    Response response =
        Response::json(status, collection_text(sitting, *item, parts_.catalog, viewer, china_date(parts_.clock.now())));
    response.headers.set("ETag", etag(sitting.version));
    return response;
}

// Everything a flow does before its unit would be done again for a repeat — and would refuse it, because the first run
// has moved the version on. So those flows ask here first.
Result<std::optional<Response>> CollectAtWindow::answered(const ApiRequest& request)
{
    return parts_.commands.find(request.actor.agency,
                                {request.idempotency_key, request.actor.account, request.body_digest});
}

Result<Collection> CollectAtWindow::read(const ApiRequest& request, Action action)
{
    std::optional<Collection> found;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        found = TRY(parts_.collections.load(sql, request.actor.agency, request.path("id")));
        return {};
    }));
    TRY(authorise(request.actor, action,
                  Owner{.agency = found->agency, .account = found->opened.account, .case_number = {}}));
    return std::move(*found);
}

Result<Response> CollectAtWindow::edit(ApiRequest& request, CollectionAction action, int status, const Make& make)
{
    const Actor& actor = request.actor;
    const Action asked = action == CollectionAction::push ? Action::push_sitting : Action::edit_sitting;
    Response response = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Collection before = TRY(parts_.collections.load(sql, actor.agency, request.path("id")));
            TRY(authorise(actor, asked,
                          Owner{.agency = before.agency, .account = before.opened.account, .case_number = {}}));
            TRY(check_version(before, request.version(), action));
            const CollectionCommand given = TRY(make(sql, before));
            const Item* item = TRY(item_of(before));
            const Collection now = TRY(parts_.steps.take(sql, before, given, facts(actor, item)));
            return answer(now, actor, status);
        }));
    if (action != CollectionAction::edit) parts_.exchange.wake();
    return response;
}

Result<Response> CollectAtWindow::list(ApiRequest& request)
{
    TRY(authorise(request.actor, Action::list_sittings, request.actor.agency));
    const ApiRequest::Page asked = TRY(request.page());
    const CollectionState* state = nullptr;
    if (const auto word = request.http.query_value("state")) {
        state = find_collection_state(*word);
        if (state == nullptr) {
            return Error{base_problem::invalid_fields, {}, {{"/state", "choice", "没有这种代收状态"}}};
        }
    }
    CollectionPage page;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        page = TRY(parts_.collections.list(sql, request.actor.agency, state, asked.cursor, asked.limit));
        return {};
    }));
    return Response::json(200, collection_rows_text(page, parts_.catalog, china_date(parts_.clock.now())));
}

Result<Response> CollectAtWindow::open(ApiRequest& request)
{
    struct Body {
        std::string home, item;
    };
    const Body body = TRY(read_body<Body>(request, [](JsonReader& in) {
        return Body{in.text("home", {.max = 6}), in.text("item", {.max = 20})};
    }));
    const Agency home = TRY(agency_from_text(body.home, parts_.catalog));
    const VisitChannel channel = channel_of(request.actor);
    if (channel == VisitChannel::online) request.actor.agency = home;
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::open_sitting,
                  Owner{.agency = actor.agency, .account = actor.account, .case_number = {}}));
    const Item* item = TRY(parts_.catalog.item_in_force(home, body.item, china_date(parts_.clock.now())));
    const bool offered = channel == VisitChannel::online
                             ? item->allows(ItemChannel::online) || item->allows(ItemChannel::online_then_hall)
                             : item->allows(ItemChannel::window);
    if (!offered) return Error{collections_problem::channel_closed};
    const std::string id = parts_.ids.next();
    Response response = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const CollectionFacts known = facts(actor, item);
            command::Open opening{id,           parts_.collections.next_number(sql, actor.agency, known.now),
                                  actor.agency, home,
                                  item->code,   item->version,
                                  channel};
            const Collection now = TRY(parts_.steps.take(sql, Collection{}, opening, known));
            const CaseOpenMessage message{now.id, now.number, actor.name, now.item, now.catalog_version, channel};
            parts_.exchange.post(sql, now.agency, home, message_kind::case_open, record_text(message), known.now);
            Response made = TRY(answer(now, actor, 201));
            made.headers.set("Location", location_of(now));
            return made;
        }));
    parts_.exchange.wake();
    return response;
}

Result<Response> CollectAtWindow::show(ApiRequest& request)
{
    const Collection sitting = TRY(read(request, Action::read_sitting));
    return answer(sitting, request.actor, 200);
}

Result<UnitPreview> CollectAtWindow::ask_unit(const Collection& sitting, const std::string& unit_number)
{
    UnitQuestion question{unit_number, sitting.item, sitting.catalog_version, sitting.told.number};
    question.collection_id = sitting.id;
    question.collection_number = sitting.number;
    // A visit that joined belongs to a case that is claimed already; after the push the case itself holds the claim.
    if (!sitting.joined && !sitting.delivery) {
        for (const Participant& participant : sitting.dossier.parties) {
            if (!participant.party.acts()) question.applicants.push_back(participant.party.number_sealed);
        }
    }
    const std::string answered =
        TRY(parts_.exchange.ask(sitting.agency, sitting.home, message_kind::unit_preview, record_text(question)));
    UnitPreview preview = record_from_text<UnitPreview>(answered);
    if (!preview.claimed) return preview;
    return Error{collections_problem::already_collecting,
                 preview.claimed->registry + "正在办理，编号 " + preview.claimed->number}
        .with("number", preview.claimed->number)
        .with("registry", preview.claimed->registry);
}

Result<Response> CollectAtWindow::set_application(ApiRequest& request)
{
    if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
    const Collection sitting = TRY(read(request, Action::edit_sitting));
    const Item* item = TRY(item_of(sitting));
    const Application application =
        TRY(read_body<Application>(request, [item](JsonReader& in) { return read_application(in, *item); }));
    Dossier filled = sitting.dossier;
    filled.application = application;
    std::vector<FieldError> faults =
        application_faults(application, *item, facts_of(filled, *item, china_date(parts_.clock.now())));
    // A form may be saved half done, and be continued on another page, day or place; what lacks stands in `missing` and
    // is asked for at the push. What is wrong is refused at once.
    std::erase_if(faults, [](const FieldError& fault) {
        return fault.code == "required" && fault.pointer.starts_with("/values/");
    });
    const Result<void> at_home = parts_.catalog.check_unit_home(application.unit_number, sitting.home);
    if (!at_home) {
        const Error& elsewhere = at_home.error();
        const std::string detail = elsewhere.detail.empty() ? std::string(elsewhere.problem->title) : elsewhere.detail;
        faults.push_back({"/unit_number", "unit_elsewhere", detail});
        Error error = elsewhere;
        error.fields = std::move(faults);
        return error;
    }
    if (!faults.empty()) return Error{base_problem::invalid_fields, {}, std::move(faults)};
    const UnitPreview unit = TRY(ask_unit(sitting, application.unit_number));
    return edit(request, CollectionAction::edit, 200, [&](Sql&, const Collection&) -> Result<CollectionCommand> {
        return CollectionCommand{
            command::SetApplication{application, unit}
        };
    });
}

Result<Response> CollectAtWindow::add_party(ApiRequest& request)
{
    PartyInput input = TRY(read_body<PartyInput>(request, read_party_input));
    take_from_reader(request.actor, input);
    // Online everybody but oneself comes by himself, which is the usual case.
    if (!input.place && is_online(request.actor)) input.place = PartyPlace::elsewhere;
    if (cites_power(input)) {
        if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
        TRY(check_power(request, TRY(read(request, Action::edit_sitting)), input));
    }
    const std::string id = parts_.ids.next();
    return edit(request, CollectionAction::edit, 201, [&](Sql&, const Collection& before) -> Result<CollectionCommand> {
        return CollectionCommand{command::AddParty{make_party(parts_.vault, before.agency, id, input)}};
    });
}

Result<Response> CollectAtWindow::change_party(ApiRequest& request)
{
    PartyInput input = TRY(read_body<PartyInput>(request, read_party_input));
    const bool said = input.from_reader;
    take_from_reader(request.actor, input);
    const bool read_now = input.from_reader;
    if (cites_power(input)) {
        if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
        TRY(check_power(request, TRY(read(request, Action::edit_sitting)), input));
    }
    return edit(request, CollectionAction::edit, 200, [&](Sql&, const Collection& before) -> Result<CollectionCommand> {
        const Participant* known = find_party(before.dossier, request.path("party"));
        if (known == nullptr) return Error{collections_problem::party_not_found};
        // Read when the party was added: that does not lapse with another phone an hour later.
        const bool read_before = said && known->party.from_reader && known->party.name == input.name &&
                                 known->party.number_digest == parts_.vault.digest(before.agency, input.number);
        input.from_reader = read_now || read_before;
        if (read_before && !read_now) input.valid_until = known->party.valid_until;
        if (!input.place) {
            input.place = known->party.place;
            input.expected_at = known->party.expected_at;
        }
        return CollectionCommand{command::ChangeParty{changed_party(parts_.vault, before.agency, known->party, input)}};
    });
}

Result<Response> CollectAtWindow::remove_party(ApiRequest& request)
{
    return edit(request, CollectionAction::edit, 200, [&](Sql&, const Collection&) -> Result<CollectionCommand> {
        return CollectionCommand{command::RemoveParty{request.path("party")}};
    });
}

Result<Response> CollectAtWindow::check_identity(ApiRequest& request)
{
    if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
    const Collection sitting = TRY(read(request, Action::edit_sitting));
    const Participant* asked = find_party(sitting.dossier, request.path("party"));
    if (asked == nullptr) return Error{collections_problem::party_not_found};
    // Nobody is asked about a person for an act that will be refused anyway.
    TRY(check_version(sitting, request.version(), CollectionAction::edit));
    const Party& party = asked->party;
    // The same for what decide() refuses whatever the answer is.
    const Item* item = TRY(item_of(sitting));
    TRY(tongban::decide(sitting, command::RecordIdentity{party.id, {}}, facts(request.actor, item)));
    if (sitting.dossier.application) TRY(ask_unit(sitting, sitting.dossier.application->unit_number));
    const IdentityCheck check = TRY(sitting.channel == VisitChannel::online && party.kind == PartyKind::person
                                        ? identify_oneself(request.actor, sitting, party)
                                        : identify(request.actor, sitting, party));
    return edit(request, CollectionAction::edit, 200, [&](Sql&, const Collection&) -> Result<CollectionCommand> {
        return CollectionCommand{
            command::RecordIdentity{party.id, check}
        };
    });
}

Result<IdentityCheck> CollectAtWindow::identify(const Actor& actor, const Collection& sitting, const Party& party)
{
    const IdentityAnswer answered =
        parts_.identity.check({party.kind, party.document_type, party.name,
                               parts_.vault.open(sitting.agency, party.number_sealed), "collection " + sitting.number});
    IdentityCheck check{answered.result,  answered.source,    answered.reference,
                        answered.message, parts_.clock.now(), actor.name};
    if (party.from_reader) check.method = IdentityMethod::card;
    check.former_names = answered.former_names;
    return check;
}

// Online nobody vouches for anybody: the account's real name must be the party's, and its session must have passed the
// liveness check.
Result<IdentityCheck> CollectAtWindow::identify_oneself(const Actor& actor, const Collection& sitting,
                                                        const Party& party)
{
    const VerifiedPerson person = TRY(parts_.persons.find(actor));
    const bool same = person.name == party.name && person.document_type == party.document_type &&
                      parts_.vault.digest(sitting.agency, person.number) == party.number_digest;
    if (!same) return Error{collections_problem::not_yourself};
    IdentityCheck check{IdentityOutcome::matched, person.source,      person.evidence,
                        "实名认证和活体检测通过", parts_.clock.now(), person.name};
    check.method = IdentityMethod::online;
    return check;
}

Result<Response> CollectAtWindow::record_answer(ApiRequest& request)
{
    command::RecordAnswer given = TRY(read_body<command::RecordAnswer>(request, [](JsonReader& in) {
        return command::RecordAnswer{{},
                                     in.text("question", {.max = 80}),
                                     in.text("answer", {.max = 1000, .lines = Lines::many}),
                                     in.optional_text("remark", {.min = 0, .max = 1000, .lines = Lines::many})};
    }));
    given.party = request.path("party");
    return edit(request, CollectionAction::edit, 200,
                [&](Sql&, const Collection&) -> Result<CollectionCommand> { return CollectionCommand{given}; });
}

Result<Response> CollectAtWindow::record_signature(ApiRequest& request)
{
    if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
    const Collection sitting = TRY(read(request, Action::edit_sitting));
    TRY(check_version(sitting, request.version(), CollectionAction::edit));
    const Result<FileFacts> picture = inspect(request.http.body);
    // Nobody has looked at it: that is not the picture's fault, and the client is to try again.
    if (!picture && picture.error().problem->kind == Kind::unavailable) return picture.error();
    if (!picture || picture->kind != FileKind::png) return Error{collections_problem::signature_invalid};
    const StoredObject stored = TRY(store_bytes(parts_.objects, request.http.body));
    return edit(request, CollectionAction::edit, 200, [&](Sql&, const Collection&) -> Result<CollectionCommand> {
        return CollectionCommand{
            command::RecordSignature{request.path("party"), stored.digest}
        };
    });
}

Result<Response> CollectAtWindow::signature(ApiRequest& request)
{
    const Collection sitting = TRY(read(request, Action::read_sitting));
    const Participant* signer = find_party(sitting.dossier, request.path("party"));
    if (signer == nullptr) return Error{collections_problem::party_not_found};
    if (!signer->signature) return Error{collections_problem::signature_not_found};
    return signature_picture(parts_.objects, *signer->signature);
}

Result<Response> CollectAtWindow::arrange_material(ApiRequest& request)
{
    command::ArrangeMaterial given = TRY(read_body<command::ArrangeMaterial>(request, [](JsonReader& in) {
        command::ArrangeMaterial arranged;
        const std::string form = in.choice("form", {"original", "copy", "electronic"});
        if (const MaterialForm* known = find_material_form(form)) arranged.form = *known;
        arranged.copies = static_cast<int>(in.integer("copies", {.min = 1, .max = 99}));
        const std::string check = in.choice("check", {"unchecked", "passed", "failed"});
        boost::describe::enum_from_string(check.c_str(), arranged.check);
        arranged.remark = in.optional_text("remark", {.min = 0, .max = 500, .lines = Lines::many});
        in.list("pages", 500, [&](JsonReader& page) {
            const std::string id = page.text("id", {.max = 40});
            const auto rotation = static_cast<int>(page.integer("rotation", {.min = 0, .max = 270}));
            if (rotation % 90 != 0) page.fail("rotation", "choice", "旋转角度应为 0、90、180 或 270");
            arranged.pages.push_back({id, rotation});
        });
        return arranged;
    }));
    given.line = request.path("line");
    return edit(request, CollectionAction::edit, 200,
                [&](Sql&, const Collection&) -> Result<CollectionCommand> { return CollectionCommand{given}; });
}

Result<Response> CollectAtWindow::page(ApiRequest& request)
{
    const Collection sitting = TRY(read(request, Action::read_sitting));
    const PlacedPage placed = find_page(sitting.dossier, request.path("page"));
    if (placed.page == nullptr) return Error{collections_problem::page_not_found};
    return original_file(parts_.objects, *placed.page);
}

Result<Response> CollectAtWindow::preview(ApiRequest& request)
{
    const Collection sitting = TRY(read(request, Action::read_sitting));
    const PlacedPage placed = find_page(sitting.dossier, request.path("page"));
    if (placed.page == nullptr) return Error{collections_problem::page_not_found};
    return previews_.answer(*placed.page, request.http);
}

Result<Response> CollectAtWindow::receipt(ApiRequest& request)
{
    const Collection sitting = TRY(read(request, Action::read_sitting));
    const Item* item = TRY(item_of(sitting));
    const CollectionReceipt document = TRY(collection_receipt(sitting, *item, parts_.catalog, parts_.objects));
    return pdf_answer(TRY(parts_.press.print(document)), "异地代收材料清单-" + sitting.number + ".pdf");
}

Result<Response> CollectAtWindow::push(ApiRequest& request)
{
    if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
    const Collection seen = TRY(read(request, Action::push_sitting));
    std::vector<PreviewCheck> checks;
    if (seen.dossier.application) {
        // Advice given when the form was saved may be old: the home registry is asked again.
        checks = TRY(ask_unit(seen, seen.dossier.application->unit_number)).checks;
    }
    TRY(check_version(seen, request.version(), CollectionAction::push));
    TRY(parts_.powers.verify(seen.dossier, {seen.agency, seen.home, seen.item, seen.id}));
    return edit(
        request, CollectionAction::push, 200, [&](Sql& sql, const Collection& before) -> Result<CollectionCommand> {
            std::string body = record_text(package_of(before));
            std::string digest = sm3_hex(body);
            std::string message = parts_.exchange.post(sql, before.agency, before.home, message_kind::package_push,
                                                       std::move(body), parts_.clock.now());
            return CollectionCommand{
                command::Push{std::move(message), std::move(digest), checks}
            };
        });
}

Result<Response> CollectAtWindow::cancel(ApiRequest& request)
{
    const std::string reason = TRY(read_body<std::string>(request, reason_of));
    return edit(request, CollectionAction::cancel, 200,
                [&](Sql& sql, const Collection& before) -> Result<CollectionCommand> {
                    parts_.exchange.post(sql, before.agency, before.home, message_kind::case_cancel,
                                         record_text(CaseCancelMessage{before.id, reason}), parts_.clock.now());
                    return CollectionCommand{command::Cancel{reason}};
                });
}

// The name belongs to it: another name typed over a number that was read is typed.
std::string CollectAtWindow::card_digest(Agency agency, const std::string& name, const std::string& number)
{
    return parts_.vault.digest(agency, "card\n" + number + "\n" + name);
}

// What a client says of itself is no evidence: only a card that this account's reader showed is "from the reader", and
// its last day is what the card said.
void CollectAtWindow::take_from_reader(const Actor& actor, PartyInput& input)
{
    if (!input.from_reader) return;
    const std::optional<std::string> valid_until =
        cards_read_.validity(actor.account, card_digest(actor.agency, input.name, input.number), parts_.clock.now());
    input.from_reader = valid_until.has_value();
    if (valid_until) input.valid_until = *valid_until;
}

Result<Response> CollectAtWindow::card(ApiRequest& request)
{
    TRY(authorise(request.actor, Action::read_card, request.actor.agency));
    const CardOnReader card = TRY(parts_.cards.read());
    cards_read_.note(request.actor.account, card_digest(request.actor.agency, card.name, card.number), card.valid_until,
                     parts_.clock.now());
    const bool expired = is_expired(card.valid_until, china_date(parts_.clock.now()));
    Response response = Response::json(200, json::serialize(json::object{
                                                {"name",          card.name           },
                                                {"number",        card.number         },
                                                {"sex",           card.sex            },
                                                {"birth_date",    card.birth_date     },
                                                {"address",       card.address        },
                                                {"valid_until",   card.valid_until    },
                                                {"expired",       expired             },
                                                {"demonstration", parts_.demonstration}
    }));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace tongban
