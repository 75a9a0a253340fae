// Entries about owners and their certificates: transfer of a new home, change of name or place, exchange and reissue.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "flows/entry.h"
#include "modules/register_book/core/shares.h"
#include "modules/register_book/register_problems.h"

namespace tongban {
namespace {

constexpr std::string_view alone = "单独所有";
constexpr std::string_view jointly = "共同共有";

// "1/2，1/2" in the order of the buyers.
std::vector<std::string> shares_of(const std::string& typed)
{
    std::vector<std::string> shares(1);
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const std::string_view rest = std::string_view(typed).substr(i);
        if (rest.starts_with("，") || rest.starts_with("、") || rest.starts_with("；")) {
            shares.emplace_back();
            i += 2;  // three bytes in UTF-8
        } else if (typed[i] == ',' || typed[i] == ';') {
            shares.emplace_back();
        } else if (typed[i] != ' ') {
            shares.back() += typed[i];
        }
    }
    return shares;
}

Result<std::vector<NewOwner>> new_owners(const EntryContext& context)
{
    std::vector<NewOwner> owners;
    for (RightHolder& holder : context.holders(PartyRole::buyer)) owners.push_back({std::move(holder), {}, {}});
    const std::string& form = context.text("sale.co_ownership");
    const std::vector<std::string> shares = shares_of(context.text("sale.shares"));
    const bool by_shares = form == "shares" && owners.size() > 1;
    if (by_shares && shares.size() != owners.size()) {
        return Error{register_problem::shares_not_whole, "份额的个数与受让人的人数不一致"};
    }
    for (std::size_t i = 0; i < owners.size(); ++i) {
        owners[i].share = by_shares ? shares[i] : std::string(owners.size() == 1 ? alone : jointly);
    }
    return owners;
}

std::string co_ownership_text(const std::vector<NewOwner>& owners)
{
    if (owners.size() == 1 || owners.front().share == jointly) return owners.front().share;
    std::string text;
    for (const NewOwner& owner : owners) text += (text.empty() ? "" : "，") + owner.holder.name + " " + owner.share;
    return "按份共有（" + text + "）";
}

// Owners by the certificate they hold, in the order of the register.
std::vector<std::pair<std::string, std::vector<const RegisteredOwner*>>> by_certificate(const RegisterView& unit)
{
    std::vector<std::pair<std::string, std::vector<const RegisteredOwner*>>> groups;
    for (const RegisteredOwner& owner : unit.owners) {
        const auto known =
            std::ranges::find_if(groups, [&](const auto& group) { return group.first == owner.certificate_number; });
        if (known != groups.end()) {
            known->second.push_back(&owner);
        } else {
            groups.push_back({owner.certificate_number, {&owner}});
        }
    }
    return groups;
}

std::string names_of(const std::vector<const RegisteredOwner*>& owners)
{
    std::string names;
    for (const RegisteredOwner* owner : owners) names += (names.empty() ? "" : "、") + owner->name;
    return names;
}

std::string shares_text(const std::vector<const RegisteredOwner*>& owners)
{
    std::string text;
    for (const RegisteredOwner* owner : owners) {
        if (text.find(owner->share) == std::string::npos) text += (text.empty() ? "" : "，") + owner->share;
    }
    return text;
}

// 换证 and 补证: the same entry with other words.
Result<Entry> replace(EntryContext& context, std::string_view reason, std::string_view done)
{
    const std::string& old = context.text("target");
    Wording wording;
    wording.notes = std::string(reason) + "，原证号 " + old;
    bool title = false;
    for (const auto& [number, owners] : by_certificate(context.unit)) {
        if (number != old) continue;
        title = true;
        wording.kind = DocumentKind::title;
        wording.holder = names_of(owners);
        wording.co_ownership = shares_text(owners);
    }
    if (!title) {
        wording.kind = DocumentKind::proof;
        wording.right = "抵押权";
        for (const EntryKind kind : {EntryKind::mortgage, EntryKind::sale_notice, EntryKind::mortgage_notice}) {
            const std::optional<EntryFound> found = find_entry(context.unit, kind, old);
            if (!found) continue;
            if (kind != EntryKind::mortgage) wording.right = "预告登记";
            wording.holder = joined_names(found->holders);
        }
    }
    const Certificate certificate = context.certificate(wording);
    const CertificateReplacement change{context.unit.unit_number, {{old, certificate.number}}, context.by()};
    const Entered entered = TRY(context.book().replace_certificates(context.sql(), context.subject.agency, change,
                                                                    context.unit.version, context.registrar.account));
    context.retire(entered.ended_certificates, certificate.number, reason);
    return Entry{0, certificate.number,
                 std::string(done) + "；证书号 " + certificate.number + "，原证 " + old + " 作废"};
}

}  // namespace

Result<Entry> transfer_ownership(EntryContext& context)
{
    std::vector<NewOwner> owners = TRY(new_owners(context));
    const std::string co_ownership = co_ownership_text(owners);
    // An item may say another reason than a sale: a judgment …
    const std::string& reason = context.text("transfer.reason");
    const std::string other = reason.empty()
                                  ? "登记原因：买卖\n商品房买卖合同编号：" + context.text("sale.contract_number")
                                  : "登记原因：" + reason + "\n文书编号：" + context.text("sale.contract_number");
    std::string first;
    if (context.application().number("sale.certificates") > 1) {
        for (NewOwner& owner : owners) {
            owner.certificate_number =
                context.certificate({.other = other, .holder = owner.holder.name, .co_ownership = co_ownership}).number;
            if (first.empty()) first = owner.certificate_number;
        }
    } else {
        first = context.certificate({.other = other, .co_ownership = co_ownership}).number;
        for (NewOwner& owner : owners) owner.certificate_number = first;
    }
    OwnershipTransfer transfer;
    transfer.unit_number = context.unit.unit_number;
    transfer.owners = std::move(owners);
    transfer.by = context.by();
    const Entered entered = TRY(context.book().transfer_ownership(context.sql(), context.subject.agency, transfer,
                                                                  context.unit.version, context.registrar.account));
    context.retire(entered.ended_certificates, first, "转移登记");
    return Entry{0, first, "不动产权利自此转移；证书号 " + first};
}

Result<Entry> rename_holder(EntryContext& context)
{
    const std::string& old_certificate = context.text("target");
    const std::vector<RightHolder> applicants = context.holders(PartyRole::holder);
    TONGBAN_ASSERT(!applicants.empty());
    const std::string& old_name = context.text("rename.old_name");
    const auto applicant = std::ranges::find(context.subject.dossier.parties, PartyRole::holder,
                                             [](const Participant& p) { return p.party.role; });
    const std::string& former = applicant->party.former_digest;
    // Who he is in the register: by the number he has now or had before, or by the former name on the certificate that
    // he names.
    const RegisteredOwner* known = nullptr;
    std::vector<const RegisteredOwner*> beside;
    for (const RegisteredOwner& owner : context.unit.owners) {
        if (owner.certificate_number != old_certificate) continue;
        const bool by_number = owner.number_digest == applicants.front().number_digest ||
                               (!former.empty() && owner.number_digest == former);
        const bool same = by_number || owner.name == old_name;
        if (same && known == nullptr) {
            known = &owner;
        } else {
            beside.push_back(&owner);
        }
    }
    TONGBAN_ASSERT(known != nullptr);  // the rules on the target have been judged on the same view
    std::string names = applicants.front().name;
    for (const RegisteredOwner* owner : beside) names += "、" + owner->name;
    const Certificate certificate = context.certificate(
        {.other = "登记原因：" + context.chosen("rename.reason"), .holder = names, .co_ownership = known->share});
    HolderRename rename;
    rename.unit_number = context.unit.unit_number;
    rename.old_digest = known->number_digest;
    rename.old_name = known->name;
    rename.now = applicants.front();
    rename.replaced = {
        {old_certificate, certificate.number}
    };
    rename.by = context.by();
    const Entered entered = TRY(context.book().rename_holder(context.sql(), context.subject.agency, rename,
                                                             context.unit.version, context.registrar.account));
    context.retire(entered.ended_certificates, certificate.number, "变更登记");
    return Entry{0, certificate.number, "权利人信息自此变更；证书号 " + certificate.number};
}

Result<Entry> readdress_unit(EntryContext& context)
{
    const std::string& location = context.text("readdress.new_location");
    UnitReaddress change{context.unit.unit_number, location, {}, context.by()};
    std::string first;
    for (const auto& [old, owners] : by_certificate(context.unit)) {
        const Certificate certificate = context.certificate({.other = "登记原因：" + context.chosen("readdress.reason"),
                                                             .holder = names_of(owners),
                                                             .co_ownership = shares_text(owners),
                                                             .location = location,
                                                             .notes = "原坐落：" + context.unit.location});
        change.replaced.emplace_back(old, certificate.number);
        if (first.empty()) first = certificate.number;
    }
    const ReplacedCertificates replaced = change.replaced;
    TRY(context.book().readdress_unit(context.sql(), context.subject.agency, change, context.unit.version,
                                      context.registrar.account));
    for (const auto& [old, now] : replaced) context.retire({old}, now, "变更登记");
    return Entry{0, first, "坐落自此变更为" + location + "；证书号 " + first};
}

Result<Entry> replace_certificate(EntryContext& context)
{
    return replace(context, "换发", "已换发");
}

Result<Entry> reissue_certificate(EntryContext& context)
{
    return replace(context, "补发", "已补发");
}

}  // namespace tongban
