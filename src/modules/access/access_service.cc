#include "modules/access/access_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/crypto.h"
#include "base/text.h"
#include "modules/access/core/access_problems.h"
#include "modules/access/duties_text.h"
#include "sql/access_sql.h"

namespace tongban {
namespace {

constexpr Millis second = 1000;
constexpr Millis minute = 60 * second;
constexpr Millis hour = 60 * minute;
constexpr Millis idle_max = 30 * minute;
constexpr Millis staff_session_max = 12 * hour;
constexpr Millis applicant_session_max = 2 * hour;
constexpr Millis cache_lasts = 5 * second;
constexpr Millis touch_every = minute;
constexpr std::size_t cache_max = 20'000;
constexpr int token_bytes = 32;
constexpr int failures_per_address_max = 50;
constexpr int failures_per_login_max = 20;  // from wherever; then each one waits longer
constexpr Millis login_wait_first = 10 * second;
constexpr int refusals_per_minute_max = 10;

std::string csrf_token(std::string_view token)
{
    return hmac_sm3_hex(token, "tongban csrf 1");
}

std::string place_of(const std::string& login, const std::string& remote)
{
    return login + "\n" + remote;
}

struct CookieParts {
    Agency agency = 0;
    std::string token;
};

std::optional<CookieParts> parts_of_cookie(std::string_view value)
{
    CookieParts parts;
    if (value.size() != 6 + 1 + 2 * token_bytes || value[6] != '.') return std::nullopt;
    const auto [end, error] = std::from_chars(value.data(), value.data() + 6, parts.agency);
    if (error != std::errc{} || end != value.data() + 6 || parts.agency < 100'000) return std::nullopt;
    parts.token = value.substr(7);
    if (parts.token.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
    return parts;
}

Result<void> check_password(std::string_view password)
{
    const std::size_t characters = character_count(password);
    if (characters >= 8 && characters <= 200 && !text_fault(password)) return {};
    return Error{base_problem::invalid_fields,
                 "密码应为 8 至 200 个字符",
                 {{"/password", "length", "密码应为 8 至 200 个字符"}}};
}

Result<void> check_new_account(const NewAccount& account)
{
    std::vector<FieldError> faults;
    const std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    if (account.login.size() < 3 || account.login.size() > 60 ||
        account.login.find_first_not_of(allowed) != std::string::npos) {
        faults.push_back({"/login", "characters", "登录名应为 3 至 60 个小写字母、数字或 . _ -"});
    }
    if (account.name.empty() || character_count(account.name) > 50 || text_fault(account.name)) {
        faults.push_back({"/name", "length", "姓名应为 1 至 50 个字"});
    }
    if (const auto fine = check_password(account.password); !fine) faults.push_back(fine.error().fields.front());
    if (account.agency < 100'000 || account.agency > 999'999) {
        faults.push_back({"/agency", "out_of_range", "登记机构代码应为六位数字"});
    }
    if (account.duties.empty()) faults.push_back({"/duties", "required", "至少一个岗位"});
    for (Duty duty : account.duties) {
        if (duty == Duty::anyone || duty == Duty::applicant) {
            faults.push_back({"/duties", "not_a_choice", "不能授予的岗位"});
        }
    }
    if (!faults.empty()) return Error{base_problem::invalid_fields, "账号信息不正确", std::move(faults)};
    return {};
}

}  // namespace

AccessService::AccessService(Database& database, Clock& clock, IdSource& ids, bool secure_cookies)
    : database_(database),
      clock_(clock),
      ids_(ids),
      secure_cookies_(secure_cookies),
      throttle_(Throttle::Limits{}),
      login_throttle_(Throttle::Limits{.failures_max = failures_per_login_max, .wait_first = login_wait_first}),
      address_throttle_(Throttle::Limits{.failures_max = failures_per_address_max}),
      refusals_(Throttle::Limits{.failures_max = refusals_per_minute_max, .window = minute})
{
}

std::string AccessService::spare_password()
{
    std::call_once(spare_once_, [&] { spare_password_ = hash_password(ids_.secret(16)); });
    return spare_password_;
}

// Counted as failed before the password is looked at: that takes long enough for many others to come in meanwhile.
Result<void> AccessService::count_attempt(const std::string& login, const std::string& remote)
{
    const Millis now = clock_.now();
    Millis wait = address_throttle_.attempt(remote, now);
    if (wait == 0) {
        wait = throttle_.attempt(place_of(login, remote), now);
        if (wait > 0) address_throttle_.undo(remote);
    }
    if (wait == 0) {
        wait = login_throttle_.attempt(login, now);
        if (wait > 0) {
            address_throttle_.undo(remote);
            throttle_.undo(place_of(login, remote));
        }
    }
    if (wait == 0) return {};
    return Error{access_problem::too_many_attempts, "请在 " + std::to_string(wait / minute + 1) + " 分钟后再试"}.with(
        "retry_after", std::to_string((wait + second - 1) / second));
}

Result<AccessService::SignedIn> AccessService::sign_in(const std::string& login, const std::string& password,
                                                       const std::string& remote)
{
    TRY(count_attempt(login, remote));

    struct Account {
        Agency agency = 0;
        std::string id;
        std::string name;
        std::string password;
        std::string duties;
    };
    std::optional<Account> account;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        account.reset();
        const auto place = sql.find(sql::login_find, {login});
        if (!place) return {};
        const auto agency = static_cast<Agency>(place->integer(0));
        const auto row = sql.find(sql::account_get, {std::int64_t{agency}, place->text(1)});
        if (row) account = Account{agency, row->text(0), row->text(2), row->text(3), row->text(4)};
        return {};
    }));

    const std::string spare = spare_password();
    // The same work whether the account exists or not, so that the time taken tells nothing.
    const bool right = verify_password(password, account ? account->password : spare);
    if (!account || !right) return Error{access_problem::sign_in_failed};
    throttle_.succeeded(place_of(login, remote));
    login_throttle_.undo(login);
    address_throttle_.undo(remote);

    SignedIn in;
    in.session.actor = Actor{.account = account->id,
                             .name = account->name,
                             .agency = account->agency,
                             .duties = duties_of(account->duties),
                             .case_number = {},
                             .party = {}};
    in.session.login = login;
    const std::string token = add_session(account->agency, "staff", in.session.actor, staff_session_max);
    in.session.cookie_value = fmt::format("{:06}.{}", account->agency, token);
    in.session.csrf_token = csrf_token(token);
    in.session.seen_at = clock_.now();
    in.session.ends_at = clock_.now() + staff_session_max;
    in.set_cookie = cookie(staff_cookie, in.session.cookie_value, staff_session_max);
    return in;
}

std::string AccessService::add_session(Agency agency, std::string_view kind, const Actor& actor, Millis lasts)
{
    std::string token = ids_.secret(token_bytes);
    const Millis now = clock_.now();
    const auto done = database_.write(agency, [&](Sql& sql) -> Result<void> {
        sql.execute(sql::session_add, {std::int64_t{agency}, sm3_hex(token), std::string(kind), actor.account,
                                       actor.name, actor.case_number, actor.party, now, now + lasts});
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return token;
}

std::string AccessService::cookie(std::string_view name, std::string_view value, Millis lasts) const
{
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", name, value, lasts / second,
                       secure_cookies_ ? "; Secure" : "");
}

std::string AccessService::ended_cookie(std::string_view name) const
{
    return cookie(name, "", 0);
}

std::optional<Session> AccessService::find_session(std::string_view cookie_value)
{
    const auto parts = parts_of_cookie(cookie_value);
    if (!parts) return std::nullopt;
    const std::string key(cookie_value);
    const Millis now = clock_.now();
    std::optional<Session> session;
    {
        const std::lock_guard lock(mutex_);
        const auto cached = cache_.find(key);
        if (cached != cache_.end() && now - cached->second.read_at < cache_lasts) session = cached->second.session;
    }
    const bool from_cache = session.has_value();
    if (!from_cache) session = read_session(parts->agency, parts->token);
    if (session && (now >= session->ends_at || now - session->seen_at >= idle_max)) session.reset();
    if (!session) {
        const std::lock_guard lock(mutex_);
        cache_.erase(key);
        return std::nullopt;
    }
    session->cookie_value = key;

    if (now - session->seen_at >= touch_every) {
        session->seen_at = now;
        const auto done = database_.write(parts->agency, [&](Sql& sql) -> Result<void> {
            sql.execute(sql::session_touch, {std::int64_t{parts->agency}, sm3_hex(parts->token), now});
            return {};
        });
        TONGBAN_ASSERT(done.has_value());
    } else if (from_cache) {
        return session;
    }
    const std::lock_guard lock(mutex_);
    if (cache_.size() >= cache_max) cache_.clear();  // costs everybody one query, which is cheap and rare
    Cached& entry = cache_[key];
    if (!from_cache) entry.read_at = now;
    entry.session = *session;
    return session;
}

std::optional<Session> AccessService::read_session(Agency agency, const std::string& token)
{
    std::optional<Session> session;
    const auto done = database_.read([&](Sql& sql) -> Result<void> {
        session.reset();
        const auto row = sql.find(sql::session_get, {std::int64_t{agency}, sm3_hex(token)});
        if (!row) return {};
        const bool staff = row->text(0) == "staff";
        if (staff && (row->is_null(9) || row->integer(9) != 1)) return {};
        session.emplace();
        session->actor = Actor{.account = row->text(1),
                               .name = row->text(2),
                               .agency = agency,
                               .duties = staff ? duties_of(row->text(7)) : std::vector{Duty::applicant},
                               .case_number = row->text(3),
                               .party = row->text(4)};
        session->login = row->text_or_empty(8);
        session->csrf_token = csrf_token(token);
        session->seen_at = row->integer(5);
        session->ends_at = row->integer(6);
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return session;
}

void AccessService::sign_out(const Session& session)
{
    const auto parts = parts_of_cookie(session.cookie_value);
    TONGBAN_ASSERT(parts.has_value());
    const auto done = database_.write(parts->agency, [&](Sql& sql) -> Result<void> {
        sql.execute(sql::session_end, {std::int64_t{parts->agency}, sm3_hex(parts->token)});
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    const std::lock_guard lock(mutex_);
    cache_.erase(session.cookie_value);
}

OpenedSession AccessService::open_for_applicant(const ApplicantSession& applicant)
{
    TONGBAN_ASSERT(!applicant.case_number.empty() && applicant.home != 0);
    const Actor actor{.account = "applicant:" + applicant.case_number + ":" + applicant.party,
                      .name = applicant.name,
                      .agency = applicant.home,
                      .duties = {},
                      .case_number = applicant.case_number,
                      .party = applicant.party};
    const std::string token = add_session(applicant.home, "applicant", actor, applicant_session_max);
    const std::string value = fmt::format("{:06}.{}", applicant.home, token);
    return {cookie(applicant_cookie, value, applicant_session_max), csrf_token(token)};
}

OpenedSession AccessService::open_for_person(const PersonSession& person)
{
    TONGBAN_ASSERT(!person.person.empty() && person.province != 0);
    Actor actor;
    actor.account = "person:" + person.person;
    actor.name = person.name;
    actor.agency = person.province;
    const std::string token = add_session(person.province, "applicant", actor, applicant_session_max);
    const std::string value = fmt::format("{:06}.{}", person.province, token);
    return {cookie(person_cookie, value, applicant_session_max), csrf_token(token)};
}

std::string AccessService::end_for_person(std::string_view cookie_value)
{
    if (const auto session = find_session(cookie_value)) sign_out(*session);
    return ended_cookie(person_cookie);
}

std::string AccessService::csrf_token_of(std::string_view cookie_value)
{
    const auto session = find_session(cookie_value);
    return session ? session->csrf_token : std::string{};
}

Result<std::string> AccessService::add_account(const NewAccount& account)
{
    TRY(check_new_account(account));
    if (get_login(account.login)) return Error{access_problem::login_taken};  // before the dear hash
    const std::string id = ids_.next();
    const std::string password = hash_password(account.password);
    TRY(database_.write(account.agency, [&](Sql& sql) -> Result<void> {
        if (!sql.find(sql::login_add, {account.login, std::int64_t{account.agency}, id})) {
            return Error{access_problem::login_taken};
        }
        sql.execute(sql::account_add, {std::int64_t{account.agency}, id, account.login, account.name, password,
                                       duties_text(account.duties), clock_.now()});
        return {};
    }));
    return id;
}

Result<std::pair<Agency, std::string>> AccessService::get_login(const std::string& login)
{
    std::optional<std::pair<Agency, std::string>> place;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        const auto row = sql.find(sql::login_find, {login});
        if (row) place.emplace(static_cast<Agency>(row->integer(0)), row->text(1));
        return {};
    }));
    if (!place) return Error{access_problem::account_not_found};
    return *place;
}

Result<void> AccessService::set_contact(const std::string& login, const std::string& place, const std::string& phone)
{
    const auto [agency, account] = TRY(get_login(login));
    return database_.write(agency, [&, agency = agency](Sql& sql) -> Result<void> {
        sql.query(sql::account_set_contact, {std::int64_t{agency}, login, place, phone});
        return {};
    });
}

Result<void> AccessService::set_password(const std::string& login, const std::string& password)
{
    TRY(check_password(password));
    const auto [agency, id] = TRY(get_login(login));
    const std::string phc = hash_password(password);
    return database_.write(agency, [&](Sql& sql) -> Result<void> {
        if (!sql.find(sql::account_set_password, {std::int64_t{agency}, login, phc})) {
            return Error{access_problem::account_not_found};
        }
        sql.execute(sql::sessions_end_of_account, {std::int64_t{agency}, id});
        return {};
    });
}

Result<void> AccessService::set_active(const std::string& login, bool active)
{
    const auto [agency, id] = TRY(get_login(login));
    TRY(database_.write(agency, [&](Sql& sql) -> Result<void> {
        if (!sql.find(sql::account_set_active, {std::int64_t{agency}, login, std::int64_t{active ? 1 : 0}})) {
            return Error{access_problem::account_not_found};
        }
        sql.execute(sql::sessions_end_of_account, {std::int64_t{agency}, id});
        return {};
    }));
    const std::lock_guard lock(mutex_);
    std::erase_if(cache_, [&](const auto& entry) { return entry.second.session.actor.account == id; });
    return {};
}

bool AccessService::may_note_refusal(const std::string& account)
{
    return refusals_.attempt(account, clock_.now()) == 0;
}

void AccessService::purge(Agency agency)
{
    const auto done = database_.write(agency, [&](Sql& sql) -> Result<void> {
        sql.execute(sql::sessions_purge, {std::int64_t{agency}, clock_.now()});
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
}

}  // namespace tongban
