// Routes of api/fragments/30-collections.yaml.
#include "flows/collect_at_window.h"

namespace tongban {
namespace {

constexpr std::uint64_t signature_bytes_max = 512 << 10;

ApiRules changing()
{
    ApiRules rules;
    rules.needs_if_match = true;
    return rules;
}

}  // namespace

void add_collection_routes(Api& api, CollectAtWindow& flow)
{
    using Call = Result<Response> (CollectAtWindow::*)(ApiRequest&);
    const auto add = [&](Method method, const std::string& path, Action action, Call call, const ApiRules& rules) {
        api.add(
            method, "/api/v1" + path, action, [&flow, call](ApiRequest& request) { return (flow.*call)(request); },
            rules);
    };
    const std::string one = "/collections/{id}";
    const std::string party = one + "/parties/{party}";
    ApiRules drawing = changing();
    drawing.body_bytes_max = signature_bytes_max;

    add(Method::get, "/collections", Action::list_sittings, &CollectAtWindow::list, {});
    add(Method::post, "/collections", Action::open_sitting, &CollectAtWindow::open, {});
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
    add(Method::get, "/devices/id-reader/card", Action::read_card, &CollectAtWindow::card, {});
    api.add_upload(Method::put, "/api/v1" + one + "/materials/{line}/pages/{page}", Action::edit_sitting,
                   [&flow](ApiRequest& request) { return flow.take_page(request); });
}

}  // namespace tongban
