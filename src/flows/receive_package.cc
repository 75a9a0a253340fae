#include "flows/receive_package.h"

#include <algorithm>

#include "flows/register_facts.h"
#include "modules/collections/core/collections_problems.h"

namespace tongban {
namespace {

constexpr Millis day_length = 24LL * 60 * 60 * 1000;

Error not_ours(std::string why)
{
    return Error{exchange_problem::body_wrong, std::move(why)};
}

bool takes_cancelled_parts(CaseState state)
{
    return std::ranges::any_of(case_steps(), [state](const CaseStep& step) {
        return step.from == state && step.action == CaseAction::cancel_part;
    });
}

// What the package means for the case as it stands: a part of it, the last part, or too late.
CaseCommand step_for(const Case& subject, const case_command::Part& brought, const Item& item, Millis now)
{
    switch (subject.state) {
    case CaseState::accepted:
    case CaseState::awaiting_payment:
    case CaseState::paid:
    case CaseState::suspended: return case_command::SetAsidePart{brought.collection_id, brought.package_digest};
    case CaseState::draft:
    case CaseState::collecting: {
        const Dossier whole = with_part(subject, brought);
        const bool joint = is_joint(subject) || has_parties_elsewhere(whole);
        const std::string day = subject.applied_at == 0 ? china_date(now) : application_day(subject);
        if (!joint || missing_for_filing(whole, item, day).empty()) return case_command::File{brought};
        return case_command::TakePart{brought, china_date(now + item.collecting_days * day_length)};
    }
    case CaseState::filed:
    case CaseState::supplement:
    case CaseState::not_accepted:
    case CaseState::registered:
    case CaseState::refused:
    case CaseState::withdrawn:
    case CaseState::cancelled:
    case CaseState::expired: return case_command::File{brought};
    }
    throw BrokenInvariant("a case state that takes no package");
}

}  // namespace

CollectionFacts ReceivePackage::message_facts() const
{
    CollectionFacts facts;
    facts.platform = true;
    facts.now = parts_.clock.now();
    return facts;
}

Result<void> ReceivePackage::open_case(Sql& sql, const Message& message)
{
    const CaseOpenMessage asked = TRY(read_message<CaseOpenMessage>(message));
    if (parts_.cases.find_by_collection(sql, message.to, asked.collection_id)) return {};
    // The version of the list that the window took is pinned; it must be one of ours.
    TRY(parts_.catalog.item_version(asked.item, asked.catalog_version));
    const Millis now = parts_.clock.now();
    const case_command::Open opening{
        parts_.ids.next(), parts_.cases.next_number(sql, message.to, now), asked.item, asked.catalog_version,
        CaseOrigin{message.from, asked.collection_id, asked.collection_number, asked.clerk, asked.channel}
    };
    const Case opened = TRY(parts_.steps.take(sql, Case{}, opening, platform_facts(now)));
    parts_.exchange.post(sql, message.to, message.from, message_kind::case_opened,
                         record_text(CaseOpenedMessage{asked.collection_id, opened.number}), now);
    return {};
}

Result<void> ReceivePackage::take_package(Sql& sql, const Message& message)
{
    const Package package = TRY(read_message<Package>(message));
    const std::optional<Case> known = parts_.cases.find_by_collection(sql, message.to, package.collection_id);
    if (!known) return not_ours("办件尚未建立");  // its opening may still be on the way: tried again
    if (find_part(*known, package.collection_id)->collecting != message.from)
        return not_ours("材料包不是由代收机构发出的");
    // The case ended while the package was on its way; the window knows it, or is about to, by the progress message.
    if (is_final(known->state)) return {};
    if (!package.dossier.application) return not_ours("材料包没有申请信息");
    const Millis now = parts_.clock.now();
    const RegisterView unit = parts_.register_book.find_unit(sql, message.to, package.dossier.application->unit_number);
    const Item* item = TRY(parts_.catalog.item_version(known->item, known->catalog_version));
    const case_command::Part brought{resealed(parts_.vault, package.dossier, message.from, message.to),
                                     message.digest,
                                     package.collection_id,
                                     unit.location,
                                     unit.found ? std::string(to_text(unit.use)) : std::string{},
                                     package.handed_in_by};
    CaseFacts facts = platform_facts(now);
    facts.item = item;
    const Case filed = TRY(parts_.steps.take(sql, *known, step_for(*known, brought, *item, now), facts));
    const PackageReceipt receipt{package.collection_id, message.id, message.digest, filed.number, now};
    parts_.exchange.post(sql, message.to, message.from, message_kind::package_receipt, record_text(receipt), now);
    return {};
}

Result<void> ReceivePackage::cancel_case(Sql& sql, const Message& message)
{
    const CaseCancelMessage asked = TRY(read_message<CaseCancelMessage>(message));
    const std::optional<Case> known = parts_.cases.find_by_collection(sql, message.to, asked.collection_id);
    if (!known) return not_ours("办件尚未建立");
    const CasePart& part = *find_part(*known, asked.collection_id);
    if (part.collecting != message.from) return not_ours("取消不是由代收机构发出的");
    if (is_final(known->state)) return {};
    const CaseFacts facts = platform_facts(parts_.clock.now());
    const bool all_there_is = known->state == CaseState::draft && known->parts.size() == 1;
    if (all_there_is) {
        TRY(parts_.steps.take(sql, *known, case_command::Cancel{asked.reason}, facts));
    } else if (takes_cancelled_parts(known->state)) {
        TRY(parts_.steps.take(sql, *known, case_command::CancelPart{asked.collection_id, asked.reason}, facts));
    }
    return {};
}

Result<std::string> ReceivePackage::preview_unit(const Message& question)
{
    const UnitQuestion asked = TRY(read_message<UnitQuestion>(question));
    RegisterView unit;
    std::int64_t other_cases = 0;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        unit = parts_.register_book.find_unit(sql, question.to, asked.unit_number);
        other_cases = parts_.cases.others_on_unit(sql, question.to, asked.unit_number, asked.case_number);
        return {};
    }));
    std::optional<ClaimedBefore> before;
    if (!asked.applicants.empty()) before = TRY(claim(question, asked));
    UnitPreview preview;
    if (before) {
        const Registry* where = parts_.catalog.find_registry(before->collecting);
        preview.claimed = ClaimedUnit{before->number, where == nullptr ? std::string{} : where->name};
    }
    preview.unit_number = asked.unit_number;
    preview.found = unit.found;
    preview.use = to_text(unit.use);
    if (unit.found) {
        preview.location = unit.location;
        preview.area = unit.area;
    }
    // Owners are not compared here: the asking registry must not learn who owns what by trying names.
    Facts facts;
    add_register_facts(unit, other_cases, china_date(parts_.clock.now()), facts);
    const Item* item = TRY(parts_.catalog.item_version(asked.item, asked.catalog_version));
    for (RuleResult& result : judge(item->rules, item->matter, facts, Moment::advice)) {
        preview.checks.push_back({std::move(result.rule), std::string(to_text(result.severity)), result.passed,
                                  std::move(result.message), std::move(result.source)});
    }
    return record_text(preview);
}

Result<std::optional<ClaimedBefore>> ReceivePackage::claim(const Message& question, const UnitQuestion& asked)
{
    Claim wanted{asked.unit_number, asked.item, asked.collection_id, asked.collection_number, question.from, {}};
    for (const std::string& sealed : asked.applicants) {
        wanted.parties.push_back(parts_.vault.digest(question.to, parts_.vault.open(question.from, sealed)));
    }
    return parts_.claims.claim(question.to, wanted, parts_.clock.now());
}

Result<Collection> ReceivePackage::sitting_of(Sql& sql, const Message& message, const std::string& id)
{
    Collection sitting = TRY(parts_.collections.load(sql, message.to, id));
    if (sitting.home != message.from) return not_ours("消息不是由属地登记机构发出的");
    return sitting;
}

Result<void> ReceivePackage::take_case_number(Sql& sql, const Message& message)
{
    const CaseOpenedMessage told = TRY(read_message<CaseOpenedMessage>(message));
    const Collection sitting = TRY(sitting_of(sql, message, told.collection_id));
    if (sitting.told.number == told.case_number) return {};
    TRY(parts_.sittings.take(sql, sitting, collection_command::TakeCaseNumber{told.case_number}, message_facts()));
    return {};
}

Result<void> ReceivePackage::take_receipt(Sql& sql, const Message& message)
{
    const PackageReceipt told = TRY(read_message<PackageReceipt>(message));
    const Collection sitting = TRY(sitting_of(sql, message, told.collection_id));
    if (!sitting.delivery ||
        (sitting.delivery->message_id == told.message_id && sitting.delivery->package_digest != told.package_digest)) {
        return not_ours("回执与推送的材料包不符");
    }
    // The message's own signature is the receipt's: it covers the digest of this body.
    TRY(parts_.sittings.take(sql, sitting,
                             collection_command::TakeReceipt{told.message_id, told.received_at, message.signature},
                             message_facts()));
    return {};
}

Result<void> ReceivePackage::take_progress(Sql& sql, const Message& message)
{
    const CaseProgressMessage told = TRY(read_message<CaseProgressMessage>(message));
    const Collection sitting = TRY(sitting_of(sql, message, told.collection_id));
    TRY(parts_.sittings.take(sql, sitting, collection_command::TakeProgress{told.told}, message_facts()));
    return {};
}

void add_exchange_handlers(Exchange& exchange, ReceivePackage& flow)
{
    using Taker = Result<void> (ReceivePackage::*)(Sql&, const Message&);
    const auto add = [&](std::string_view kind, Taker taker) {
        exchange.handle(std::string(kind),
                        [&flow, taker](Sql& sql, const Message& message) { return (flow.*taker)(sql, message); });
    };
    add(message_kind::case_open, &ReceivePackage::open_case);
    add(message_kind::package_push, &ReceivePackage::take_package);
    add(message_kind::case_cancel, &ReceivePackage::cancel_case);
    add(message_kind::case_opened, &ReceivePackage::take_case_number);
    add(message_kind::package_receipt, &ReceivePackage::take_receipt);
    add(message_kind::case_progress, &ReceivePackage::take_progress);
    exchange.answer(std::string(message_kind::unit_preview),
                    [&flow](const Message& question) { return flow.preview_unit(question); });
}

}  // namespace tongban
