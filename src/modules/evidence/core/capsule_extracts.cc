#include "modules/evidence/core/capsule_extracts.h"

#include "base/record.h"

namespace tongban {
namespace {

constexpr std::string_view prefix = "case.";

CaseEvent case_event_of(const CapsuleEvent& event)
{
    if (!event.type.starts_with(prefix)) throw BrokenInvariant("not an event of a case");
    return event_from<CaseEvent>(std::string_view(event.type).substr(prefix.size()), event.body);
}

// Who decided, in which duty. What the platform, a message or an applicant did is no decision.
struct Decisions {
    std::vector<CapsuleDecision>& all;

    void add(std::string_view what, Duty duty, const Stamp& stamp, const std::string& remark, const std::string& ground,
             const std::string& reason, const std::vector<RuleResult>& checks) const
    {
        all.push_back({std::string(what), std::string(to_text(duty)), stamp.account, stamp.name, remark, ground, reason,
                       stamp.at, checks});
    }
    void operator()(const case_event::Accepted& e) const
    {
        add(e.type, Duty::acceptor, e.stamp, e.remark, {}, {}, e.checks);
    }
    void operator()(const case_event::NotAccepted& e) const
    {
        add(e.type, Duty::acceptor, e.stamp, {}, e.ground, e.reason, {});
    }
    void operator()(const case_event::SupplementRequested& e) const
    {
        std::string lines;
        for (const SupplementLine& line : e.lines) lines += (lines.empty() ? "" : "；") + line.text;
        add(e.type, Duty::acceptor, e.stamp, {}, {}, lines, {});
    }
    void operator()(const case_event::Approved& e) const { add(e.type, Duty::reviewer, e.stamp, e.remark, {}, {}, {}); }
    void operator()(const case_event::Refused& e) const
    {
        add(e.type, Duty::reviewer, e.stamp, {}, e.ground, e.reason, {});
    }
    void operator()(const case_event::Suspended& e) const
    {
        add(e.type, Duty::reviewer, e.stamp, {}, e.legal, e.reason, {});
    }
    void operator()(const case_event::Resumed& e) const { add(e.type, Duty::reviewer, e.stamp, e.remark, {}, {}, {}); }
    void operator()(const case_event::ClockExtended& e) const
    {
        add(e.type, Duty::supervisor, e.stamp, {}, e.legal, e.reason, {});
    }
    void operator()(const case_event::Registered& e) const
    {
        add(e.type, Duty::registrar, e.stamp, e.remark, {}, {}, e.checks);
    }
    template <class Other>
    void operator()(const Other&) const
    {
    }
};

CapsuleSummary summary_of(const Case& subject)
{
    CapsuleSummary summary;
    summary.number = subject.number;
    summary.home = subject.agency;
    summary.item = subject.item;
    summary.catalog_version = subject.catalog_version;
    summary.state = to_text(subject.state);
    if (subject.dossier.application) summary.unit_number = subject.dossier.application->unit_number;
    summary.location = subject.location;
    for (const CasePart& visit : subject.parts) {
        summary.visits.push_back({visit.collecting, visit.collection_number, std::string(to_text(visit.channel)),
                                  std::string(to_text(visit.state)), visit.package_digest, visit.pushed_at});
    }
    summary.filed_at = subject.filed_at;
    summary.due_on = subject.due_on;
    if (subject.entry) {
        summary.certificate_number = subject.entry->certificate_number;
        summary.registered_at = subject.entry->stamp.at;
    }
    summary.version = subject.version;
    return summary;
}

std::string_view kind_text(PageKind kind)
{
    switch (kind) {
    case PageKind::jpeg: return "jpeg";
    case PageKind::png: return "png";
    case PageKind::pdf: return "pdf";
    }
    return {};
}

}  // namespace

Case folded(const std::vector<CapsuleEvent>& events)
{
    Case subject;
    for (const CapsuleEvent& event : events) subject = tongban::apply(std::move(subject), case_event_of(event));
    return subject;
}

std::vector<CapsuleEvent> until(const std::vector<CapsuleEvent>& events, Millis at)
{
    std::vector<CapsuleEvent> before;
    for (const CapsuleEvent& event : events) {
        if (event.at > at) break;
        before.push_back(event);
    }
    return before;
}

Participant shown(Participant participant)
{
    Party& party = participant.party;
    for (std::string* secret : {&party.number_sealed, &party.number_digest, &party.phone_sealed, &party.phone_digest})
        secret->clear();
    return participant;
}

Case shown(Case subject)
{
    for (Participant& participant : subject.dossier.parties) participant = shown(std::move(participant));
    return subject;
}

std::vector<CapsulePage> capsule_pages(const Case& subject)
{
    std::vector<CapsulePage> pages;
    for (const Material& material : subject.dossier.materials) {
        for (const MaterialPage& page : material.pages)
            pages.push_back({material.code, page.digest, std::string(kind_text(page.kind)), page.bytes, page.added_at});
    }
    return pages;
}

std::map<std::string, std::string> capsule_extracts(const std::vector<CapsuleEvent>& events)
{
    const Case subject = folded(events);
    std::map<std::string, std::string> parts;
    const auto put = [&](std::string_view path, const auto& record) {
        parts.emplace(std::string(path), record_text(record));
    };
    put(capsule_path::summary, summary_of(subject));
    std::vector<CapsuleStep> steps;
    for (const CaseProgress& step : subject.timeline) steps.push_back({step.at, step.what, step.text});
    put(capsule_path::timeline, steps);
    put(capsule_path::clock, subject.clock);
    put(capsule_path::pages, capsule_pages(subject));
    put(capsule_path::materials, subject.dossier.materials);
    put(capsule_path::application, subject.dossier.application);
    std::vector<CapsuleDecision> decisions;
    for (const CapsuleEvent& event : events) std::visit(Decisions{decisions}, case_event_of(event));
    put(capsule_path::decisions, decisions);
    for (std::size_t i = 0; i < subject.dossier.parties.size(); ++i)
        put(numbered_path("parties", i, "json"), shown(subject.dossier.parties[i]));
    return parts;
}

}  // namespace tongban
