#include "modules/cases/core/review_questions.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace tongban {

namespace json = boost::json;

namespace {

json::object evidence_of(const Evidence& evidence)
{
    json::object out{
        {"kind", evidence.kind},
        {"ref",  evidence.ref }
    };
    if (evidence.leaf != 0) out["leaf"] = evidence.leaf;
    return out;
}

// Yes when all is well, no when anything is not, and nothing when there is nothing to go by.
json::value proposal_json(const ReviewQuestion& question, const std::vector<Finding>& findings,
                          const std::vector<RuleResult>& checks)
{
    json::array evidence;
    std::string text;
    bool good = true;
    const auto add = [&](const Evidence& one, bool well, const std::string& said) {
        evidence.push_back(evidence_of(one));
        good = good && well;
        text += (text.empty() ? "" : "；") + said;
    };
    for (const Finding& finding : findings) {
        if (finding.about == question.proposal) add(finding.evidence, finding.good, finding.text);
    }
    for (const RuleResult& check : checks) {
        // What only informs speaks neither for nor against the register.
        const bool asked = (question.proposal == "register" && check.severity != RuleSeverity::inform) ||
                           (question.proposal == "rules" && std::ranges::count(question.rules, check.rule) > 0);
        if (asked && (question.proposal == "rules" || !check.passed))
            add({"rule", check.rule, 0, {}}, check.passed, check.rule + " " + check.message);
    }
    if (question.proposal == "register" && evidence.empty() && !checks.empty())
        add({"register", {}, 0, {}}, true, "登记簿现状无障碍事项");
    if (evidence.empty()) return nullptr;
    return json::object{
        {"answer",   good ? "yes" : "no"},
        {"text",     text               },
        {"evidence", std::move(evidence)}
    };
}

bool is_region(std::string_view text)
{
    int count = 0;
    while (!text.empty()) {
        int value = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failed != std::errc{} || value < 0 || value > 1000) return false;
        ++count;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.empty() && text.front() != ',') return false;
        if (!text.empty()) text.remove_prefix(1);
    }
    return count == 4;
}

bool exists(const Evidence& evidence, const Dossier& dossier, const Item& item)
{
    if (evidence.kind == "page") {
        const PlacedPage placed = find_page(dossier, evidence.ref);
        if (placed.page == nullptr || evidence.leaf < 0 || evidence.leaf > placed.page->leaves) return false;
        return evidence.region.empty() || is_region(evidence.region);
    }
    if (evidence.leaf != 0 || !evidence.region.empty()) return false;
    if (evidence.kind == "identity") {
        const Participant* participant = find_party(dossier, evidence.ref);
        return participant != nullptr && participant->party.identity.has_value();
    }
    if (evidence.kind == "answer") {
        const std::size_t slash = evidence.ref.find('/');
        const Participant* participant = find_party(dossier, evidence.ref.substr(0, slash));
        if (participant == nullptr || slash == std::string::npos) return false;
        return std::ranges::count(participant->answers, evidence.ref.substr(slash + 1), &InterviewAnswer::question) > 0;
    }
    if (evidence.kind == "rule") return std::ranges::count(item.rules, evidence.ref, &Rule::id) > 0;
    return evidence.kind == "register" && evidence.ref.size() <= 64;
}

}  // namespace

bool ReviewQuestion::asks(Duty duty) const
{
    return std::ranges::find(duties, duty) != duties.end();
}

bool ReviewQuestion::concerns(Matter matter) const
{
    return matters.empty() || std::ranges::find(matters, matter) != matters.end();
}

std::vector<Finding> findings_of(const Dossier& dossier, const Item& item, const Facts& facts)
{
    std::vector<Finding> findings;
    for (const Participant& participant : dossier.parties) {
        const Party& party = participant.party;
        const std::string said = party.identity ? std::string(chinese(party.identity->result)) : "未核验";
        findings.push_back({
            "identity",
            {"identity", party.id, 0, {}},
            party.identity && party.identity->result == IdentityOutcome::matched,
            party.name + "：" + said
        });
        if (!is_asked(dossier, party)) continue;
        const bool signed_all = !participant.answers.empty() && participant.signature.has_value();
        const std::string first = participant.answers.empty() ? std::string{} : participant.answers[0].question;
        findings.push_back({
            "interview",
            {"answer", party.id + "/" + first, 0, {}},
            signed_all,
            party.name + (signed_all ? "：已逐项回答并签名" : "：未答完或未签名")
        });
    }
    for (const ListLine& line : item.lines) {
        if (!required_now(line, facts)) continue;
        const Material* material = find_material(dossier, line.code);
        if (material == nullptr || material->pages.empty()) continue;
        findings.push_back({
            "materials",
            {"page", material->pages[0].id, 1, {}},
            material->check == FormalCheck::passed,
            line.code + " " + line.title + "：" + std::to_string(material->pages.size()) + " 个文件"
        });
    }
    return findings;
}

ReviewQuestions::ReviewQuestions(std::vector<Book> books) : books_(std::move(books)) {}

std::vector<const ReviewQuestion*> ReviewQuestions::questions_for(Matter matter, std::string_view date) const
{
    std::vector<const ReviewQuestion*> questions;
    const auto after = std::ranges::find_if(books_, [&](const Book& book) { return book.valid_from > date; });
    if (after == books_.begin()) return questions;
    for (const ReviewQuestion& question : std::prev(after)->questions) {
        if (question.concerns(matter)) questions.push_back(&question);
    }
    return questions;
}

std::vector<std::string> required_of(const std::vector<const ReviewQuestion*>& questions, Duty duty)
{
    std::vector<std::string> ids;
    for (const ReviewQuestion* question : questions) {
        if (question->required && question->asks(duty)) ids.push_back(question->id);
    }
    return ids;
}

json::array checklist_json(const std::vector<const ReviewQuestion*>& questions, const std::vector<Finding>& findings,
                           const std::vector<RuleResult>& checks)
{
    json::array out;
    for (const ReviewQuestion* question : questions) {
        json::array duties;
        for (const Duty duty : question->duties) duties.push_back(json::string(to_text(duty)));
        json::object one{
            {"id",       question->id      },
            {"text",     question->text    },
            {"source",   question->source  },
            {"required", question->required},
            {"duties",   std::move(duties) },
            {"lines",    question->lines   }
        };
        const json::value proposal = proposal_json(*question, findings, checks);
        if (!proposal.is_null()) one["proposal"] = proposal;
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<FieldError> faults_of(const ChecklistAnswer& answer, const Dossier& dossier,
                                  const std::vector<const ReviewQuestion*>& questions, const Item& item, Duty duty,
                                  const std::string& pointer)
{
    std::vector<FieldError> faults;
    const bool asked = std::ranges::any_of(questions, [&](const ReviewQuestion* question) {
        return question->id == answer.question && question->asks(duty);
    });
    if (!asked) faults.push_back({pointer + "/question", "unknown", "本环节的审查清单没有这一项"});
    if (answer.answer == "yes" && answer.evidence.empty())
        faults.push_back({pointer + "/evidence", "required", "判断为“是”的，请指明依据"});
    if (answer.answer != "yes" && answer.remark.empty())
        faults.push_back({pointer + "/remark", "required", "判断为“否”或“不适用”的，请说明"});
    for (std::size_t i = 0; i < answer.evidence.size(); ++i) {
        if (exists(answer.evidence[i], dossier, item)) continue;
        faults.push_back({pointer + "/evidence/" + std::to_string(i), "unknown", "办件中没有这项依据"});
    }
    return faults;
}

}  // namespace tongban
