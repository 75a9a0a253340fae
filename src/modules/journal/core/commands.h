#pragma once
// Commands that may be repeated: the answer to an Idempotency-Key is stored in the transaction that did the work, so a
// client that lost the connection, even during COMMIT, asks again with the same key and learns what happened.

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/http.h"
#include "base/sql.h"

namespace tongban {

struct CommandKey {
    std::string key;          // the Idempotency-Key, at most 200 bytes; empty: just run
    std::string account;      // who sends it; another account's equal key is another command
    std::string body_digest;  // SM3 of method, path and body: the same key with another digest is refused
};

class Commands {
public:
    using Work = std::function<Result<Response>(Sql&)>;

    virtual ~Commands() = default;

    // Runs `work` in the lane of `agency` and stores its answer (status, headers, body) in the same transaction; with a
    // key already answered gives the stored answer, with header Idempotency-Replayed, and does not run. Errors are not
    // stored: nothing was done. `work` may run more than once (Database::write). journal.key_reused when the key came
    // with another body.
    virtual Result<Response> run(Agency agency, const CommandKey& key, const Work& work) = 0;

    // The answer given to this key before, if there is one; journal.key_reused as above. For flows that work before the
    // unit (ask outside, compare versions): a repeat must not do that again, least of all be refused by it.
    virtual Result<std::optional<Response>> find(Agency agency, const CommandKey& key) = 0;

    // Forgets at most `rows_max` answers given before `before` (24 hours is what clients are promised). Gives how many.
    virtual int purge(Agency agency, Millis before, int rows_max) = 0;
};

}  // namespace tongban
