#pragma once
// What registries published — versions of items, switches, days of their calendars — made known to this node's
// catalogue and calendars. Every node looks by itself, every few seconds and when a version is asked for that it does
// not know.

#include <mutex>
#include <string>

#include "modules/calendar/core/calendars.h"
#include "modules/catalog/core/change_store.h"
#include "modules/catalog/version_text.h"

namespace tongban {

// Thread-safe.
class CatalogueNews {
public:
    struct Parts {
        Database& database;
        ChangeStore& changes;
        const Catalog& catalog;
        const Calendars& calendars;
        const VersionReader& reader;
    };
    explicit CatalogueNews(const Parts& parts) : parts_(parts) {}

    // One statement when nothing is new. Throws DataBroken when a published version does not pass the checks of this
    // program: then everything stays as it was, and cases that pin the version cannot be worked on here.
    void look();

private:
    void publish(Sql& sql);

    Parts parts_;
    std::mutex mutex_;
    std::string stamp_;  // of what is known
};

// The body of a calendar change.
std::vector<SpecialDay> special_days_from(const std::string& body);

}  // namespace tongban
