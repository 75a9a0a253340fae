#include "modules/persons/person_accounts.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/record.h"
#include "modules/access/core/access_problems.h"
#include "sql/person_sql.h"

namespace tongban {

struct PersonAccounts::Row {
    std::string name, number_sealed, number_masked, number_digest, phone_sealed, phone_masked, phone_digest;
    IdentityCheck identity;
    std::optional<LivenessEvidence> liveness;
    std::int64_t version = 0;
};

namespace {

constexpr Millis minute = 60 * 1000;
constexpr Millis hour = 60 * minute;
constexpr Millis day = 24 * hour;
constexpr Millis code_again_after = minute;
constexpr std::int64_t codes_per_hour = 5;
constexpr std::int64_t codes_per_day = 10;
constexpr std::int64_t attempts_max = 5;
constexpr Millis identity_lasts = 30 * day;  // the same name, number and phone need not be asked about every morning
constexpr Millis check_lasts = 15 * minute;

std::string six_digits(IdSource& ids)
{
    // 64 bits of chance modulo a million: the bias is below one in ten billion.
    return fmt::format("{:06}", std::stoull(ids.secret(8), nullptr, 16) % 1'000'000);
}

Error wait_for(Millis wait)
{
    return Error{persons_problem::too_many}.with("retry_after", std::to_string((wait + 999) / 1000));
}

// Residence permits of Hong Kong, Macao and Taiwan residents have the form of a citizen's number.
DocumentType document_of(std::string_view number)
{
    const std::string_view region = number.substr(0, 6);
    const bool permit = region == "810000" || region == "820000" || region == "830000";
    return permit ? DocumentType::residence_permit : DocumentType::citizen_card;
}

std::string id_of(const Actor& actor)
{
    return actor.account.substr(std::string_view("person:").size());
}

}  // namespace

PersonAccounts::PersonAccounts(const Parts& parts)
    : parts_(parts),
      by_address_(Throttle::Limits{.failures_max = 60, .window = 10 * minute}),
      by_number_(Throttle::Limits{.failures_max = 10, .window = hour}),
      by_person_(Throttle::Limits{.failures_max = 10, .window = hour})
{
}

std::string PersonAccounts::code_digest(const PersonClaim& claim, const std::string& code)
{
    return parts_.vault.digest(parts_.province, "sign-in code\n" + claim.number + "\n" + claim.phone + "\n" + code);
}

Result<void> PersonAccounts::send_code(const PersonClaim& claim, const std::string& remote)
{
    const Millis now = parts_.clock.now();
    if (const Millis wait = by_address_.attempt(remote, now); wait > 0) return wait_for(wait);
    const Agency province = parts_.province;
    const std::string phone_digest = parts_.vault.digest(province, claim.phone);
    const std::string phone_sealed = parts_.vault.seal(province, claim.phone);
    const std::string code = six_digits(parts_.ids);
    return parts_.database.write(province, [&](Sql& sql) -> Result<void> {
        Millis hour_started = now, day_started = now;
        std::int64_t in_hour = 0, in_day = 0;
        if (const auto row = sql.find(sql::person_code_get, {province, phone_digest})) {
            // Used up or not: the minute holds, or five wrong guesses would buy the next five at once.
            if (const Millis again = row->integer(0) + code_again_after; now < again) return wait_for(again - now);
            if (now - row->integer(1) < hour) hour_started = row->integer(1), in_hour = row->integer(2);
            if (now - row->integer(3) < day) day_started = row->integer(3), in_day = row->integer(4);
        }
        if (in_day >= codes_per_day) return wait_for(day_started + day - now);
        if (in_hour >= codes_per_hour) return wait_for(hour_started + hour - now);
        sql.execute(sql::person_code_put, {province, phone_digest, code_digest(claim, code), now + tracking_code_lasts,
                                           attempts_max, now, hour_started, in_hour + 1, day_started, in_day + 1});
        parts_.notices.queue(sql, province, phone_sealed, NoticeKind::sign_in_code,
                             {
                                 {"code",    code                                        },
                                 {"minutes", std::to_string(tracking_code_lasts / minute)}
        },
                             "");
        return {};
    });
}

// Asks public security, unless it said yes to the same name for this account lately. The name is a part of what is
// asked, so a changed name is asked about again.
Result<IdentityCheck> PersonAccounts::check_identity(const PersonClaim& claim, const std::string& number_digest,
                                                     const std::string& phone_digest)
{
    const Millis now = parts_.clock.now();
    std::optional<IdentityCheck> known;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        known.reset();
        const auto row = sql.find(sql::person_find, {parts_.province, number_digest, phone_digest});
        if (row && row->text(1) == claim.name) known = record_from_text<IdentityCheck>(row->text(2));
        return {};
    }));
    if (known && now - known->checked_at < identity_lasts) return *known;
    if (const Millis wait = by_number_.wait(number_digest, now); wait > 0) return wait_for(wait);
    const IdentityAnswer answer = parts_.identity.check(
        {PartyKind::person, document_of(claim.number), claim.name, claim.number, "portal sign-in"});
    if (answer.result != IdentityOutcome::matched) {
        by_number_.failed(number_digest, now);
        return Error{persons_problem::not_matched, "请核对后重试；仍不一致的，请带证件到就近大厅办理"};
    }
    IdentityCheck check{answer.result, answer.source, answer.reference, answer.message, now, "本人在线"};
    check.method = IdentityMethod::online;
    check.former_names = answer.former_names;
    return check;
}

Result<PersonAccounts::SignedIn> PersonAccounts::sign_in(const PersonClaim& claim, const std::string& code,
                                                         const std::string& remote)
{
    const Millis now = parts_.clock.now();
    if (const Millis wait = by_address_.wait(remote, now); wait > 0) return wait_for(wait);
    const Agency province = parts_.province;
    const std::string phone_digest = parts_.vault.digest(province, claim.phone);
    const std::string number_digest = parts_.vault.digest(province, claim.number);
    const std::string digest = code_digest(claim, code);
    bool right = false;
    // A wrong attempt is counted, so the unit commits whatever the code was.
    TRY(parts_.database.write(province, [&](Sql& sql) -> Result<void> {
        const auto row = sql.find(sql::person_code_attempt, {province, phone_digest, now});
        right = row && equal_in_constant_time(row->text(0), digest);
        return {};
    }));
    if (!right) {
        by_address_.failed(remote, now);
        return Error{persons_problem::code_wrong};
    }
    const IdentityCheck identity = TRY(check_identity(claim, number_digest, phone_digest));
    std::string id;
    TRY(parts_.database.write(province, [&](Sql& sql) -> Result<void> {
        if (!sql.find(sql::person_code_use, {province, phone_digest, digest, now})) {
            return Error{persons_problem::code_wrong};
        }
        id = TRY(keep(sql, claim, identity));
        return {};
    }));
    SignedIn in;
    in.session = parts_.sessions.open_for_person({province, id, claim.name});
    Actor actor;
    actor.account = "person:" + id;
    actor.agency = province;
    actor.duties = {Duty::applicant};
    in.person = TRY(verified(actor, AssuranceLevel::real_name));
    return in;
}

Result<std::string> PersonAccounts::keep(Sql& sql, const PersonClaim& claim, const IdentityCheck& identity)
{
    const Agency province = parts_.province;
    const std::string number_digest = parts_.vault.digest(province, claim.number);
    const std::string phone_digest = parts_.vault.digest(province, claim.phone);
    const std::string body = fmt::format(R"({{"reference":"{}","source":"{}"}})", identity.reference, identity.source);
    if (const auto row = sql.find(sql::person_find, {province, number_digest, phone_digest})) {
        std::string id = row->text(0);
        const bool asked_again = record_from_text<IdentityCheck>(row->text(2)).reference != identity.reference;
        if (asked_again || row->text(1) != claim.name) {
            const std::int64_t version = row->integer(3) + 1;
            sql.execute(sql::person_identified, {province, id, claim.name, record_text(identity), version});
            note(sql, id, version, "person.identified", body);
        }
        return id;
    }
    const std::string id = parts_.ids.next();
    sql.execute(sql::person_add,
                {province, id, number_digest, phone_digest, claim.name, parts_.vault.seal(province, claim.number),
                 masked_number(claim.number), parts_.vault.seal(province, claim.phone), masked_phone(claim.phone),
                 record_text(identity), 1, parts_.clock.now()});
    note(sql, id, 1, "person.identified", body);
    return id;
}

void PersonAccounts::note(Sql& sql, const std::string& id, std::int64_t version, std::string type, std::string body)
{
    const Event event{std::move(type), std::move(body)};
    parts_.journal.append(sql, parts_.province, {"person", id}, version, std::span(&event, 1), "person:" + id,
                          parts_.clock.now());
}

std::optional<PersonAccounts::Row> PersonAccounts::load(Sql& sql, const std::string& id)
{
    auto row = sql.find(sql::person_get, {parts_.province, id});
    if (!row) return std::nullopt;
    Row out;
    out.name = row->text(0);
    out.number_sealed = row->text(1);
    out.number_masked = row->text(2);
    out.number_digest = row->text(3);
    out.phone_sealed = row->text(4);
    out.phone_masked = row->text(5);
    out.phone_digest = row->text(6);
    out.identity = record_from_text<IdentityCheck>(row->text(7));
    if (!row->text(8).empty()) out.liveness = record_from_text<LivenessEvidence>(row->text(8));
    out.version = row->integer(9);
    return out;
}

PortalPerson PersonAccounts::person_of(const std::string& id, const Row& row) const
{
    PortalPerson person;
    person.kept_by = parts_.province;
    person.account = "person:" + id;
    person.name = row.name;
    person.number_sealed = row.number_sealed;
    person.number_masked = row.number_masked;
    person.number_digest = row.number_digest;
    person.phone_sealed = row.phone_sealed;
    person.phone_masked = row.phone_masked;
    person.phone_digest = row.phone_digest;
    person.identity = row.identity;
    const std::string number = parts_.vault.open(parts_.province, row.number_sealed);
    person.document_type = document_of(number);
    person.birth_date = citizen_birth_date(number);
    if (row.liveness && parts_.clock.now() - row.liveness->passed_at < liveness_lasts) person.liveness = row.liveness;
    person.level = person.liveness ? AssuranceLevel::liveness : AssuranceLevel::real_name;
    return person;
}

Result<PortalPerson> PersonAccounts::verified(const Actor& actor, AssuranceLevel at_least)
{
    if (!actor.is_person() || !actor.holds(Duty::applicant)) return Error{access_problem::not_signed_in};
    std::optional<Row> row;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        row = load(sql, id_of(actor));
        return {};
    }));
    if (!row) return Error{access_problem::not_signed_in};
    PortalPerson person = person_of(id_of(actor), *row);
    if (number_of(person.level) < number_of(at_least)) {
        return Error{persons_problem::level_too_low}.with("level", std::to_string(number_of(at_least)));
    }
    return person;
}

Result<VerifiedPerson> PersonAccounts::find(const Actor& person)
{
    const PortalPerson known = TRY(verified(person, AssuranceLevel::liveness));
    return VerifiedPerson{known.name, known.document_type, parts_.vault.open(known.kept_by, known.number_sealed),
                          known.identity.source, known.liveness->transaction};
}

Result<PersonClaim> PersonAccounts::own_claim(const Actor& actor)
{
    const PortalPerson person = TRY(verified(actor, AssuranceLevel::real_name));
    return PersonClaim{person.name, parts_.vault.open(person.kept_by, person.number_sealed),
                       parts_.vault.open(person.kept_by, person.phone_sealed)};
}

Result<PersonAccounts::LivenessStart> PersonAccounts::start_liveness(const Actor& actor, bool consented,
                                                                     const std::string& request)
{
    const PortalPerson person = TRY(verified(actor, AssuranceLevel::real_name));
    if (!consented) return Error{persons_problem::consent_missing};
    const Millis now = parts_.clock.now();
    if (const Millis wait = by_person_.attempt(actor.account, now); wait > 0) return wait_for(wait);
    LivenessQuestion question{{}, person.name, parts_.vault.open(person.kept_by, person.number_sealed), 0};
    const std::string fresh = parts_.ids.next();
    TRY(parts_.database.write(parts_.province, [&](Sql& sql) -> Result<void> {
        const std::string id = id_of(actor);
        if (const auto known = sql.find(sql::liveness_find_request, {parts_.province, id, request})) {
            if (known->text(1) != "open" || known->integer(2) <= now) return Error{persons_problem::check_closed};
            question.check = known->text(0);
            question.expires_at = known->integer(2);
            return {};
        }
        question.check = fresh;
        question.expires_at = now + check_lasts;
        sql.execute(sql::liveness_add, {parts_.province, fresh, id, request, now, question.expires_at});
        return {};
    }));
    // Outside the lane: the provider may be slow. The check is ours already, so a lost answer is asked for again.
    std::string page = TRY(parts_.liveness.open(question));
    return LivenessStart{question.check, std::move(page)};
}

Result<PersonAccounts::LivenessState> PersonAccounts::liveness_state(const Actor& actor, const std::string& check)
{
    TRY(verified(actor, AssuranceLevel::real_name));
    std::optional<LivenessState> state;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        state.reset();
        const auto row = sql.find(sql::liveness_get, {parts_.province, check});
        if (!row || row->text(0) != id_of(actor)) return {};
        state = LivenessState{row->text(1), row->text(1) == "open" && row->integer(6) <= parts_.clock.now()};
        return {};
    }));
    if (!state) return Error{persons_problem::check_not_found};
    return *state;
}

Result<void> PersonAccounts::take_notice(std::string_view body, std::string_view signature)
{
    const LivenessNotice notice = TRY(parts_.liveness.read_notice(body, signature));
    return parts_.database.write(parts_.province, [&](Sql& sql) -> Result<void> {
        const Agency province = parts_.province;
        const Millis now = parts_.clock.now();
        const auto check = sql.find(sql::liveness_get, {province, notice.check});
        if (!check) return Error{persons_problem::check_not_found};
        const bool passed = notice.passed && notice.live && notice.score >= liveness_threshold;
        const std::string state = passed ? "passed" : "failed";
        if (check->text(1) != "open") {
            const bool same = check->text(1) == state && check->text(2) == notice.transaction;
            if (same) return {};
            return Error{persons_problem::check_closed};
        }
        if (check->integer(6) <= now) return Error{persons_problem::check_closed};
        sql.execute(sql::liveness_answer, {province, notice.check, state, notice.transaction, notice.score,
                                           std::int64_t{notice.live ? 1 : 0}, now});
        const std::string person = check->text(0);
        const std::optional<Row> row = load(sql, person);
        TONGBAN_ASSERT(row.has_value());
        const LivenessEvidence evidence{notice.check, notice.transaction, notice.score, liveness_threshold,
                                        now,          check->integer(5)};
        // A check that failed leaves the one before as it was: nobody loses a level by a bad light.
        sql.execute(sql::person_live, {province, person,
                                       passed          ? record_text(evidence)
                                       : row->liveness ? record_text(*row->liveness)
                                                       : "",
                                       row->version + 1});
        note(sql, person, row->version + 1, passed ? "person.live" : "person.not_live", record_text(evidence));
        return {};
    });
}

void PersonAccounts::purge()
{
    const Millis now = parts_.clock.now();
    const auto done = parts_.database.write(parts_.province, [&](Sql& sql) -> Result<void> {
        sql.execute(sql::liveness_purge, {parts_.province, now - day});
        sql.execute(sql::person_codes_purge, {parts_.province, now - 2 * day});
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
}

}  // namespace tongban
