#include "modules/seals/signing_store.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "modules/seals/core/seals_problems.h"
#include "sql/signing_client_sql.h"

namespace tongban {

namespace {

constexpr std::size_t name_characters_min = 2;
constexpr std::size_t name_characters_max = 50;

SigningClient client_of(const SqlRow& row)
{
    const ClientState* state = find_client_state(row.text(4));
    auto grants = read_grants(row.text(3));
    TONGBAN_ASSERT(state != nullptr && grants.has_value());
    SigningClient client;
    client.id = row.text(0);
    client.version = row.integer(1);
    client.name = row.text(2);
    client.grants = std::move(*grants);
    client.state = *state;
    client.reason = row.text(5);
    client.requested_by = row.text(6);
    client.requested_at = row.integer(7);
    client.decided_by = row.text(8);
    client.decided_at = row.integer(9);
    client.secret_digest = row.text(10);
    client.issued_by = row.text(11);
    client.issued_at = row.integer(12);
    client.ended_by = row.text(13);
    client.ended_at = row.integer(14);
    client.ended_reason = row.text(15);
    return client;
}

Event client_event(const std::string& type, const std::string& name, const std::string& grants)
{
    return {
        type, boost::json::serialize(boost::json::object{{"name", name}, {"grants", grants}}
         )
    };
}

}  // namespace

Result<std::string> SigningStore::request(Sql& sql, Agency agency, const NewClient& wish, const std::string& who,
                                          Millis now)
{
    const std::size_t characters = character_count(wish.name);
    if (characters < name_characters_min || characters > name_characters_max || text_fault(wish.name))
        return Error{seals_problem::client_name_invalid};
    if (wish.reason.empty()) return Error{seals_problem::reason_missing};
    const std::string grants = grants_text(TRY(read_grants(wish.grants)));
    const std::string id = ids_.next();
    if (!sql.find(sql::signing_client_add, {agency, id, wish.name, grants, wish.reason, who, now}))
        return Error{seals_problem::client_name_taken};
    const Event noted = client_event("signing.client_requested", wish.name, grants);
    journal_.append(sql, agency, {"signing_client", id}, 1, std::span(&noted, 1), who, now);
    return id;
}

std::optional<SigningClient> SigningStore::find_client(Sql& sql, Agency agency, const std::string& id)
{
    const auto row = sql.find(sql::signing_client_find, {agency, id});
    if (!row) return std::nullopt;
    return client_of(*row);
}

std::vector<SigningClient> SigningStore::clients(Sql& sql, Agency agency, int rows_max)
{
    std::vector<SigningClient> all;
    for (const SqlRow& row : sql.query(sql::signing_clients_of, {agency, rows_max})) all.push_back(client_of(row));
    return all;
}

Result<SigningClient> SigningStore::change(Sql& sql, Agency agency, const std::string& id, const std::string& event,
                                           const std::string& who, Millis now, const Act& act)
{
    const std::optional<SigningClient> before = find_client(sql, agency, id);
    if (!before) return Error{seals_problem::client_not_found};
    SigningClient after = TRY(act(*before));
    const auto changed = sql.find(sql::signing_client_change,
                                  {agency, id, before->version, after.version, std::string(to_text(after.state)),
                                   after.decided_by, after.decided_at, after.secret_digest, after.issued_by,
                                   after.issued_at, after.ended_by, after.ended_at, after.ended_reason});
    if (!changed) return Error{seals_problem::client_state};
    const Event noted = client_event(event, after.name, grants_text(after.grants));
    journal_.append(sql, agency, {"signing_client", id}, after.version, std::span(&noted, 1), who, now);
    return after;
}

void SigningStore::add(Sql& sql, Agency agency, const Signing& signing, const std::string& who)
{
    sql.execute(sql::signing_add, {agency, signing.id, signing.client, signing.seal, signing.purpose, signing.subject,
                                   signing.format, signing.source_digest, signing.file_digest, signing.file_bytes,
                                   signing.statement, signing.seal_signature, signing.signed_at, signing.stamped_at});
    // The subject may name somebody: it stays out of the journal, which others witness.
    const Event noted{
        "signing.made", boost::json::serialize(boost::json::object{{"client", signing.client},
                                                                   {"seal", signing.seal},
                                                                   {"purpose", signing.purpose},
                                                                   {"file_digest", signing.file_digest}}
         )
    };
    journal_.append(sql, agency, {"signing", signing.id}, 1, std::span(&noted, 1), who, signing.signed_at);
}

void SigningStore::note_refusal(Sql& sql, Agency agency, const std::string& client, std::string_view code, Millis now)
{
    const Event noted{
        "signing.refused", boost::json::serialize(boost::json::object{{"client", client}, {"code", code}}
         )
    };
    journal_.append(sql, agency, {"refusal", ids_.next()}, 1, std::span(&noted, 1), "client:" + client, now);
}

Result<Signing> SigningStore::get(Sql& sql, Agency agency, const std::string& id, const std::string& client)
{
    const auto row = sql.find(sql::signing_find, {agency, id, client});
    if (!row) return Error{seals_problem::signing_not_found};
    Signing signing;
    signing.id = row->text(0);
    signing.client = row->text(1);
    signing.seal = row->text(2);
    signing.purpose = row->text(3);
    signing.subject = row->text(4);
    signing.format = row->text(5);
    signing.source_digest = row->text(6);
    signing.file_digest = row->text(7);
    signing.file_bytes = row->integer(8);
    signing.statement = row->text(9);
    signing.seal_signature = row->text(10);
    signing.signed_at = row->integer(11);
    signing.stamped_at = row->integer(12);
    return signing;
}

}  // namespace tongban
