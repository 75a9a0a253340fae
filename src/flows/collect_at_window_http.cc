// Routes of api/fragments/30-collections.yaml, and the same online: 35-applications.yaml.
#include <functional>

#include "flows/collect_at_window.h"
#include "modules/access/core/access_problems.h"
#include "modules/collections/core/collections_problems.h"

namespace tongban {
namespace {

constexpr std::uint64_t signature_bytes_max = 512 << 10;

ApiRules changing()
{
    ApiRules rules;
    rules.needs_if_match = true;
    return rules;
}

using Call = Result<Response> (CollectAtWindow::*)(ApiRequest&);
using Add = std::function<void(Method, const std::string& path, Action, Call, const ApiRules&)>;

// What a sitting has at a window and online alike.
void add_sitting_routes(const Add& add, const std::string& one)
{
    const std::string party = one + "/parties/{party}";
    ApiRules drawing = changing();
    drawing.body_bytes_max = signature_bytes_max;
    add(Method::get, one, Action::read_sitting, &CollectAtWindow::show, {});
    add(Method::put, one + "/application", Action::edit_sitting, &CollectAtWindow::set_application, changing());
    add(Method::post, one + "/parties", Action::edit_sitting, &CollectAtWindow::add_party, changing());
    add(Method::put, party, Action::edit_sitting, &CollectAtWindow::change_party, changing());
    add(Method::del, party, Action::edit_sitting, &CollectAtWindow::remove_party, changing());
    add(Method::post, party + "/identity-check", Action::edit_sitting, &CollectAtWindow::check_identity, changing());
    add(Method::put, party + "/interview", Action::edit_sitting, &CollectAtWindow::record_answer, changing());
    add(Method::put, party + "/signature", Action::edit_sitting, &CollectAtWindow::record_signature, drawing);
    add(Method::get, party + "/signature", Action::read_sitting, &CollectAtWindow::signature, {});
    add(Method::put, one + "/materials/{line}", Action::edit_sitting, &CollectAtWindow::arrange_material, changing());
    add(Method::get, one + "/pages/{page}", Action::read_sitting, &CollectAtWindow::page, {});
    add(Method::get, one + "/pages/{page}/preview", Action::read_sitting, &CollectAtWindow::preview, {});
    add(Method::get, one + "/receipt.pdf", Action::read_sitting, &CollectAtWindow::receipt, {});
    add(Method::post, one + "/push", Action::push_sitting, &CollectAtWindow::push, changing());
    add(Method::post, one + "/cancel", Action::edit_sitting, &CollectAtWindow::cancel, changing());
    add(Method::post, one + "/end", Action::edit_sitting, &CollectAtWindow::end, changing());
    add(Method::post, one + "/codes", Action::edit_sitting, &CollectAtWindow::renew_code, {});
}

// Somebody who follows one case is an applicant too, but he has no account to whom a sitting could belong.
Result<void> check_person(const ApiRequest& request)
{
    if (!is_online(request.actor)) return Error{access_problem::forbidden};
    return {};
}

// The home registry of the address is where the sitting lives; whose it is, the flow asks.
Result<void> enter_home(ApiRequest& request)
{
    TRY(check_person(request));
    const std::string& home = request.path("home");
    const bool number = home.size() == 6 && home.find_first_not_of("0123456789") == std::string::npos;
    if (!number) return Error{collections_problem::not_found};
    request.actor.agency = std::stoi(home);
    return {};
}

}  // namespace

void add_collection_routes(Api& api, CollectAtWindow& flow)
{
    const Add add = [&](Method method, const std::string& path, Action action, Call call, const ApiRules& rules) {
        api.add(
            method, "/api/v1" + path, action, [&flow, call](ApiRequest& request) { return (flow.*call)(request); },
            rules);
    };
    add(Method::get, "/collections", Action::list_sittings, &CollectAtWindow::list, {});
    add(Method::post, "/collections", Action::open_sitting, &CollectAtWindow::open, {});
    add(Method::post, "/collections/join", Action::open_sitting, &CollectAtWindow::join, {});
    add(Method::get, "/devices/id-reader/card", Action::read_card, &CollectAtWindow::card, {});
    add_sitting_routes(add, "/collections/{id}");
    api.add_upload(Method::put, "/api/v1/collections/{id}/materials/{line}/pages/{page}", Action::edit_sitting,
                   [&flow](ApiRequest& request) { return flow.take_page(request); });
}

void add_application_routes(Api& api, CollectAtWindow& flow)
{
    const std::string all = "/api/v1/portal/applications";
    const auto begin = [&](const std::string& path, Call call) {
        api.add(Method::post, path, Action::open_sitting, [&flow, call](ApiRequest& request) -> Result<Response> {
            TRY(check_person(request));
            return (flow.*call)(request);
        });
    };
    begin(all, &CollectAtWindow::open);
    begin(all + "/join", &CollectAtWindow::join);
    const Add add = [&](Method method, const std::string& path, Action action, Call call, const ApiRules& rules) {
        api.add(
            method, path, action,
            [&flow, call](ApiRequest& request) -> Result<Response> {
                TRY(enter_home(request));
                return (flow.*call)(request);
            },
            rules);
    };
    add_sitting_routes(add, all + "/{home}/{id}");
    using Taken = Result<std::variant<Response, std::unique_ptr<BodySink>>>;
    api.add_upload(Method::put, all + "/{home}/{id}/materials/{line}/pages/{page}", Action::edit_sitting,
                   [&flow](ApiRequest& request) -> Taken {
                       TRY(enter_home(request));
                       return flow.take_page(request);
                   });
}

}  // namespace tongban
