#include "flows/verify_certificate.h"

#include <algorithm>
#include <charconv>

#include "base/codes.h"
#include "base/json.h"
#include "base/text_table.h"
#include "modules/certificates/certificates_problems.h"
#include "modules/evidence/core/evidence_problems.h"
#include "modules/register_book/core/register_questions.h"

namespace tongban {

namespace {

constexpr TextTable<VerdictKind, 5> kinds{{{{VerdictKind::valid, "valid"},
                                            {VerdictKind::void_, "void"},
                                            {VerdictKind::unknown, "unknown"},
                                            {VerdictKind::altered, "altered"},
                                            {VerdictKind::foreign, "foreign"}}}};

constexpr std::uint64_t file_bytes_max = 8 << 20;
constexpr std::uint64_t files_bytes_max = 64 << 20;
constexpr std::string_view identifier_root = "1.2.156.3005.2.";

json::array texts(const std::vector<std::string>& lines)
{
    json::array all;
    for (const std::string& line : lines) all.emplace_back(json::string(line));
    return all;
}

// 鲁(2026)历下区不动产证明第… → 历下区
std::string_view place_of(std::string_view number)
{
    const std::size_t from = number.find(')');
    const std::size_t to = number.rfind("不动产");
    if (from == std::string_view::npos || to == std::string_view::npos || to <= from) return {};
    return number.substr(from + 1, to - from - 1);
}

// 1.2.156.3005.2.<type>.<issuer>.… : the issuer's division code, 0 when it has another form.
Agency issuer_of(std::string_view identifier)
{
    identifier.remove_prefix(std::min(identifier.size(), identifier_root.size()));
    const std::size_t dot = identifier.find('.');
    if (dot == std::string_view::npos) return 0;
    const std::string_view issuer = identifier.substr(dot + 1, identifier.find('.', dot + 1) - dot - 1);
    if (issuer.size() != 6 || issuer.find_first_not_of("0123456789") != std::string_view::npos) return 0;
    return std::stoi(std::string(issuer));
}

const std::string not_current_later = "之后登记簿是否发生变化（请在使用时再次核验）";
const std::string not_holder = "持有或出示该证明的人是否为权利人本人";

}  // namespace

std::string_view to_text(VerdictKind kind)
{
    return kinds.text(kind);
}

// 已于2026-11-24被新的证书取代（抵押权变更）
std::string how_it_ended(const Certificate& certificate)
{
    const std::string when = certificate.standing_at == 0 ? "" : "于" + china_date(certificate.standing_at);
    const std::string why = certificate.standing_reason.empty() ? "" : "（" + certificate.standing_reason + "）";
    switch (certificate.standing) {
    case CertificateStanding::valid: return "所载权利已经注销或终止";
    case CertificateStanding::superseded:
        return "已" + when + "被新的" + std::string(chinese(certificate.kind)) + "取代" + why;
    case CertificateStanding::void_: return "已" + when + "作废" + why;
    }
    return {};
}

std::string masked_location(std::string_view location)
{
    return location.empty() ? std::string{} : head(location, 6) + "******";
}

std::string verdict_json(const Verdict& verdict)
{
    json::object out{
        {"verdict",       to_text(verdict.kind)       },
        {"text",          verdict.text                },
        {"proven",        texts(verdict.proven)       },
        {"not_proven",    texts(verdict.not_proven)   },
        {"checked_at",    utc_text(verdict.checked_at)},
        {"demonstration", verdict.demonstration       }
    };
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) out[key] = value;
    };
    add("fault", verdict.fault);
    add("number", verdict.number);
    add("identifier", verdict.identifier);
    add("registry_name", verdict.registry_name);
    add("holder_masked", verdict.holder_masked);
    add("location_masked", verdict.location_masked);
    if (verdict.registered_at != 0) out["registered_at"] = utc_text(verdict.registered_at);
    return json::serialize(out);
}

VerifyCertificate::VerifyCertificate(Parts parts, bool demonstration)
    : parts_(parts),
      demonstration_(demonstration),
      by_address_(Throttle::Limits{.failures_max = 120, .window = 60 * 1000})
{
}

Result<void> VerifyCertificate::count(const std::string& remote)
{
    if (by_address_.attempt(remote, parts_.clock.now()) > 0) {
        return Error{certificates_problem::too_many_checks}.with("retry_after", "60");
    }
    return {};
}

std::vector<Agency> VerifyCertificate::agencies_of(std::string_view number, bool is_identifier) const
{
    if (is_identifier) return {issuer_of(number)};
    // Districts of the same name exist in several cities (市中区): each of them may have issued it.
    std::vector<Agency> all;
    for (const Registry& registry : parts_.catalog.registries()) {
        if (registry.short_name == place_of(number)) all.push_back(registry.code);
    }
    return all;
}

VerifyCertificate::Found VerifyCertificate::with_register(Sql& sql, Agency agency, Certificate certificate)
{
    const RegisterView unit = parts_.register_reader.find_unit(sql, agency, certificate.unit_number);
    const bool stands = certificate_in_force(unit, certificate.number);
    return {agency, std::move(certificate), stands};
}

std::optional<VerifyCertificate::Found> VerifyCertificate::find(Sql& sql, Agency agency, std::string_view number,
                                                                bool is_identifier)
{
    std::optional<Certificate> certificate = is_identifier ? parts_.certificates.find_by_identifier(sql, agency, number)
                                                           : parts_.certificates.find_by_number(sql, agency, number);
    if (!certificate) return std::nullopt;
    return with_register(sql, agency, std::move(*certificate));
}

Verdict VerifyCertificate::verdict_of(const Found& found) const
{
    const Certificate& certificate = found.certificate;
    const Registry* registry = parts_.catalog.find_registry(found.agency);
    Verdict verdict;
    verdict.number = certificate.number;
    verdict.identifier = certificate.identifier;
    verdict.registry_name = registry == nullptr ? certificate.issuer_name : registry->name;
    verdict.registered_at = certificate.registered_at;
    verdict.holder_masked = masked_name(certificate.holder);
    verdict.location_masked = masked_location(certificate.location);
    verdict.checked_at = parts_.clock.now();
    verdict.demonstration = demonstration_;
    const bool valid = found.in_force && certificate.standing == CertificateStanding::valid;
    verdict.kind = valid ? VerdictKind::valid : VerdictKind::void_;
    return verdict;
}

Result<Verdict> VerifyCertificate::by_number(const std::string& number, const std::string& code,
                                             const std::string& remote)
{
    TRY(count(remote));
    const CheckedCode as_number = check_certificate_number(number);
    const CheckedCode as_identifier = check_certificate_identifier(number);
    const bool is_identifier = !as_number && as_identifier;
    if (!as_number && !as_identifier) {
        return Error{certificates_problem::number_invalid,
                     "请按证明上的写法填写证明号",
                     {{"/number", std::string(as_number.fault->code), std::string(as_number.fault->detail)}}};
    }
    const std::string wanted = is_identifier ? as_identifier.value : as_number.value;
    const std::string normal = normal_code(code);
    if (normal.empty() || normal.size() > 40) {
        return Error{certificates_problem::number_invalid, "请填写验证码", {{"/code", "length", "验证码为12位"}}};
    }

    std::optional<Found> found;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        found.reset();
        for (const Agency agency : agencies_of(wanted, is_identifier)) {
            std::optional<Found> candidate = find(sql, agency, wanted, is_identifier);
            if (candidate && equal_in_constant_time(candidate->certificate.code, normal)) found = std::move(candidate);
        }
        return {};
    }));
    if (!found) {
        Verdict verdict;
        verdict.text = "没有查到与该证明号和验证码相符的证明。请核对后重试；仍查不到的，请勿采信。";
        verdict.not_proven = {"该证明由登记机构签发", "证明所载内容属实"};
        verdict.checked_at = parts_.clock.now();
        verdict.demonstration = demonstration_;
        return verdict;
    }
    Verdict verdict = verdict_of(*found);
    verdict.proven = {"证明号与验证码相符，由" + verdict.registry_name + "于" + china_date(verdict.registered_at) +
                      "登簿"};
    verdict.not_proven = {"您手中的文件与签发的文件完全一致（请上传PDF或OFD文件核验）", not_holder, not_current_later};
    if (verdict.kind == VerdictKind::valid) {
        verdict.proven.push_back("该权利目前在登记簿上为现势状态");
        verdict.text = "证明真实有效：" + verdict.registry_name + "登记簿上有此登记，目前有效。";
    } else {
        verdict.proven.push_back(how_it_ended(found->certificate));
        verdict.text = "证明曾经签发，但" + how_it_ended(found->certificate) + "，证明已失效。";
    }
    return verdict;
}

Result<Verdict> VerifyCertificate::by_file(std::string_view bytes, const std::string& remote)
{
    TRY(count(remote));
    if (bytes.size() > file_bytes_max) return Error{certificates_problem::file_too_large};
    return judge(bytes);
}

// The words of the verifier itself: the same that `tongban verify` says offline.
Verdict VerifyCertificate::judge_capsule(std::string_view bytes) const
{
    const EvidenceReport report = parts_.evidence.verify(bytes);
    Verdict verdict;
    verdict.checked_at = parts_.clock.now();
    verdict.demonstration = demonstration_;
    verdict.proven = in_chinese(report.proven);
    verdict.not_proven = in_chinese(report.not_proven);
    for (std::string& line : in_chinese(report.unknown)) verdict.not_proven.push_back(std::move(line));
    if (report.is_good()) {
        verdict.kind = VerdictKind::valid;
        verdict.text = "存证包真实完整：由登记机构签名，所附内容未被改动。";
        return verdict;
    }
    const bool is_foreign = report.has(capsule_problem::unknown_root) || report.has(capsule_problem::not_evidence);
    verdict.kind = is_foreign ? VerdictKind::foreign : VerdictKind::altered;
    verdict.fault = report.defects.front().problem->code;
    verdict.text = "存证包没有通过核验，请勿采信。";
    for (const EvidenceDefect& defect : report.defects) verdict.text += std::string(defect.problem->title) + "。";
    verdict.not_proven = {"存证包由登记机构签发", "所附内容属实"};
    return verdict;
}

Result<Verdict> VerifyCertificate::judge(std::string_view bytes)
{
    if (looks_like_capsule(bytes)) return judge_capsule(bytes);
    const FileVerdict file = parts_.verifier.verify(bytes);
    Verdict verdict;
    verdict.checked_at = parts_.clock.now();
    verdict.demonstration = demonstration_;
    verdict.not_proven = in_chinese(file.not_proven);
    if (!file.is_genuine()) {
        // Not ours at all, or one of ours (or what pretends to be) with something done to it.
        constexpr const Problem* foreign[] = {&verdict_problem::not_a_document, &verdict_problem::not_signed,
                                              &verdict_problem::unknown_root};
        const bool is_foreign = std::ranges::find(foreign, file.fault) != std::end(foreign);
        verdict.kind = is_foreign ? VerdictKind::foreign : VerdictKind::altered;
        verdict.fault = file.fault->code;
        verdict.text = is_foreign ? std::string(file.fault->title) + "，不是本平台签发的电子证照，请勿采信。"
                                  : "文件不能证明它由登记机构原样签发，请勿采信。" + file.reason + "。";
        return verdict;
    }

    const std::string digest = sm3_hex(bytes);
    std::optional<Found> found;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        found.reset();
        std::optional<Certificate> certificate = parts_.certificates.find_by_file(sql, file.agency, digest);
        if (certificate) found = with_register(sql, file.agency, std::move(*certificate));
        return {};
    }));
    if (!found) {
        verdict.kind = VerdictKind::unknown;
        verdict.text = "文件有登记机构的签名，但不是本平台签发在册的电子证照。";
        verdict.proven = in_chinese(file.proven);
        verdict.not_proven.insert(verdict.not_proven.end(), {"文件是在册的电子证照", "所载权利目前有效"});
        return verdict;
    }
    verdict = verdict_of(*found);
    verdict.proven = in_chinese(file.proven);
    verdict.proven.emplace_back("文件与签发的文件逐字节一致，未被改动");
    verdict.proven.push_back("由" + verdict.registry_name + "于" + china_date(verdict.registered_at) + "登簿");
    verdict.not_proven = in_chinese(file.not_proven);
    verdict.not_proven.insert(verdict.not_proven.end(), {not_holder, not_current_later});
    if (verdict.kind == VerdictKind::valid) {
        verdict.proven.push_back("该权利目前在登记簿上为现势状态");
        verdict.text = "电子证照真实有效：由" + verdict.registry_name + "签发，未被改动，权利目前有效。";
    } else {
        verdict.proven.push_back(how_it_ended(found->certificate));
        verdict.text = "电子证照是真的，但" + how_it_ended(found->certificate) + "，证照已失效。";
    }
    return verdict;
}

namespace {

Response verdict_answer(const Verdict& verdict)
{
    Response response = Response::json(200, verdict_json(verdict));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

// Holds what has come, counted in the flow's budget, until the verdict is given or the client goes away.
class VerifyCertificate::FileSink : public BodySink {
public:
    FileSink(VerifyCertificate& flow, std::string trace) : flow_(flow), trace_(std::move(trace)) {}
    ~FileSink() override { flow_.bytes_held_ -= bytes_.size(); }
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    Result<void> write(std::string_view chunk) override
    {
        if (bytes_.size() + chunk.size() > file_bytes_max) return Error{certificates_problem::file_too_large};
        if (flow_.bytes_held_.fetch_add(chunk.size()) + chunk.size() > files_bytes_max) {
            flow_.bytes_held_ -= chunk.size();
            return Error{base_problem::unavailable};
        }
        bytes_ += chunk;
        return {};
    }

    Response finish() override
    {
        const Result<Verdict> verdict = flow_.judge(bytes_);
        return verdict ? verdict_answer(*verdict) : problem_response(verdict.error(), trace_);
    }

private:
    VerifyCertificate& flow_;
    const std::string trace_;
    std::string bytes_;
};

Result<std::unique_ptr<BodySink>> VerifyCertificate::take_file(const Request& request)
{
    TRY(count(request.remote));
    // Digits only: the server has looked at it already. Without a length the sink counts.
    const std::string_view length = request.headers.find("Content-Length");
    std::uint64_t bytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (bytes > file_bytes_max) return Error{certificates_problem::file_too_large};
    if (bytes_held_ + bytes > files_bytes_max) return Error{base_problem::unavailable};
    return std::unique_ptr<BodySink>(std::make_unique<FileSink>(*this, request.trace));
}

void add_verification_routes(Api& api, VerifyCertificate& flow)
{
    api.add(Method::get, "/api/v1/public/certificate-checks", Action::verify_certificate,
            [&flow](ApiRequest& request) -> Result<Response> {
                return verdict_answer(
                    TRY(flow.by_number(request.http.query_value("number").value_or(""),
                                       request.http.query_value("code").value_or(""), request.http.remote)));
            });
    api.add_upload(Method::post, "/api/v1/public/certificate-checks", Action::verify_certificate,
                   [&flow](ApiRequest& request) -> Result<std::variant<Response, std::unique_ptr<BodySink>>> {
                       return std::variant<Response, std::unique_ptr<BodySink>>(TRY(flow.take_file(request.http)));
                   },
                   {.needs_idempotency_key = false, .needs_csrf_token = false});
}

}  // namespace tongban
