// Routes of the catalogue's changes.
#include "flows/change_catalogue.h"

namespace tongban {

void add_change_routes(Api& api, ChangeCatalogue& flow)
{
    const std::string root = "/api/v1/catalogue/changes";
    const ApiRules seen{.needs_if_match = true};
    api.add(Method::get, root, Action::read_changes, [&flow](ApiRequest& request) { return flow.list(request); });
    api.add(Method::post, root, Action::draft_change, [&flow](ApiRequest& request) { return flow.draft(request); });
    api.add(Method::get, root + "/{id}", Action::read_changes,
            [&flow](ApiRequest& request) { return flow.show(request); });
    api.add(
        Method::put, root + "/{id}", Action::draft_change, [&flow](ApiRequest& request) { return flow.write(request); },
        seen);
    api.add(
        Method::post, root + "/{id}/hand-in", Action::draft_change,
        [&flow](ApiRequest& request) { return flow.hand_in(request); }, seen);
    api.add(
        Method::post, root + "/{id}/approval", Action::review_change,
        [&flow](ApiRequest& request) { return flow.approve(request); }, seen);
    api.add(
        Method::post, root + "/{id}/return", Action::review_change,
        [&flow](ApiRequest& request) { return flow.send_back(request); }, seen);
    api.add(
        Method::post, root + "/{id}/withdrawal", Action::draft_change,
        [&flow](ApiRequest& request) { return flow.withdraw(request); }, seen);
    api.add(Method::get, "/api/v1/catalogue/items/{item}/editor", Action::read_changes,
            [&flow](ApiRequest& request) { return flow.editor(request); });
    api.add(Method::get, "/api/v1/catalogue/rollout", Action::read_rollout,
            [&flow](ApiRequest& request) { return flow.rollout(request); });
}

}  // namespace tongban
