#pragma once
// A registry changes its lists, switches or calendar: written by one person, reviewed by another who has seen what the
// change does, in force from a day on. The province does the same for all registries that have set nothing of their
// own.

#include <boost/json/fwd.hpp>

#include "flows/catalogue_news.h"
#include "flows/change_impact.h"
#include "modules/access/core/api.h"
#include "modules/journal/core/commands.h"

namespace tongban {

// Thread-safe.
class ChangeCatalogue {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        Commands& commands;
        ChangeStore& changes;
        const Catalog& catalog;
        const Calendars& calendars;
        const VersionReader& reader;
        ChangeImpact& impact;
        CatalogueNews& news;
    };
    explicit ChangeCatalogue(const Parts& parts) : parts_(parts) {}

    Result<Response> list(ApiRequest& request);
    Result<Response> show(ApiRequest& request);    // with faults, impact, and what the person may do
    Result<Response> editor(ApiRequest& request);  // what an editor of an item begins with
    Result<Response> draft(ApiRequest& request);
    Result<Response> write(ApiRequest& request);
    Result<Response> hand_in(ApiRequest& request);
    Result<Response> approve(ApiRequest& request);
    Result<Response> send_back(ApiRequest& request);
    Result<Response> withdraw(ApiRequest& request);
    Result<Response> rollout(ApiRequest& request);  // items × registries × channels

private:
    // What the content of a change comes to, checked as it stands today.
    struct Checked {
        std::vector<std::string> faults;
        std::string name;  // of items
        std::string text;  // of items
        std::optional<Item> item;
        const Item* base = nullptr;    // of items: what the edits begin with
        const Item* before = nullptr;  // of items: what it takes the place of
    };
    Checked check(Sql& sql, const Change& change) const;
    Checked check_item(Sql& sql, const Change& change) const;
    boost::json::object impact(Sql& sql, const Change& change, const Checked& checked) const;
    Result<Change> content_of(const ApiRequest& request, Agency agency) const;
    Result<Response> step(ApiRequest& request, Action action,
                          const std::function<Result<ChangeCommand>(Sql&, const Change&, const Checked&)>& make);
    std::string answer(Sql& sql, const Change& change, const Actor& actor) const;

    Parts parts_;
};

// /api/v1/catalogue/…
void add_change_routes(Api& api, ChangeCatalogue& flow);

}  // namespace tongban
