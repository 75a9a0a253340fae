#pragma once
// Who of the staff looked into a case, and what for (谁看过): every opening of a sheet leaves a row per person, purpose
// and day. Gathered in memory and written in batches, so that looking waits for no disk; what a crash takes is at most
// what was looked at between two rounds.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "modules/access/core/api.h"
#include "modules/cases/core/case.h"

namespace tongban {

struct CaseRead {
    std::string account, name, duty, purpose;
    std::int64_t times = 0;
    Millis first_at = 0, last_at = 0;
};

// Why this person may look: the case waits for his duty or he has worked on it; otherwise the reason he gives, 2 to 100
// characters. cases.read_reason_needed.
Result<std::string> purpose_of_reading(const Actor& actor, CaseState state, const std::vector<std::string>& workers,
                                       const std::string& reason);

// Thread-safe.
class CaseReads {
public:
    CaseReads(Database& database, Clock& clock) : database_(database), clock_(clock) {}

    void note(const Actor& actor, const std::string& number, const std::string& purpose);
    // Writes what was gathered, a unit per registry. What could not be written is kept for the next round.
    void flush();

    // Has this person given a reason today? In the database or not yet there.
    bool has_looked_today(Sql& sql, const Actor& actor, const std::string& number);
    std::vector<CaseRead> list(Sql& sql, Agency agency, const std::string& number);  // newest first, at most 500

private:
    using Key =
        std::tuple<Agency, std::string, std::string, std::string, std::string>;  // number, day, account, purpose
    static void merge(std::map<Key, CaseRead>& into, const Key& key, const CaseRead& read);

    Database& database_;
    Clock& clock_;
    std::mutex mutex_;
    std::map<Key, CaseRead> gathered_;
};

// To supervisors with names, to applicants of the case with registry, duty, time and purpose only.
void add_read_routes(Api& api, Database& database, CaseReads& reads, std::function<std::string(Agency)> name_of);

}  // namespace tongban
