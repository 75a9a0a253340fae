#pragma once
// What an entry 登簿 does to the register. Each kind of entry is one function named by the item's `effect`; the rules
// have been judged on the locked unit before it runs, and whatever it does is in the registration transaction.

#include <string>
#include <string_view>
#include <vector>

#include "modules/access/core/actor.h"
#include "modules/cases/core/case.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/certificate_store.h"
#include "modules/register_book/core/register_questions.h"
#include "modules/register_book/register_book.h"

namespace tongban {

// What a certificate says beyond the item's words; what is left empty is taken from the item and its parties.
struct Wording {
    std::string other = {};  // 其他, 权利其他状况: what a third person must know of the right
    std::string holder = {};
    std::string obligor = {};
    std::string right = {};
    std::string co_ownership = {};
    std::string location = {};
    std::string notes = {};
    DocumentKind kind = DocumentKind::none;  // none: as the item says
};

class EntryContext {
public:
    struct Parts {
        Sql& sql;
        RegisterBook& book;
        CertificateStore& certificates;
        const Catalog& catalog;
    };
    EntryContext(const Parts& parts, const Case& of_case, const Item& of_item, const RegisterView& locked_unit,
                 const Actor& by_registrar, Millis at)
        : parts_(parts), subject(of_case), item(of_item), unit(locked_unit), registrar(by_registrar), now(at)
    {
    }

    // The document with its number; its file is made after the commit.
    Certificate certificate(const Wording& wording);
    // They lose their standing: `successor` empty: the right has ended.
    void retire(const std::vector<std::string>& certificates, std::string_view successor, std::string_view reason);

    const Application& application() const { return *subject.dossier.application; }
    const std::string& text(std::string_view field) const { return application().text(field); }
    // 抵押权实现: the chosen option in words.
    std::string chosen(std::string_view field) const;
    EntryBy by() const { return {subject.number, registrar.name, now}; }
    std::vector<RightHolder> holders(PartyRole role) const;
    std::string names(PartyRole role) const { return names_in_role(subject.dossier, role); }
    Sql& sql() { return parts_.sql; }
    RegisterBook& book() { return parts_.book; }

private:
    Parts parts_;

public:
    const Case& subject;
    const Item& item;
    const RegisterView& unit;  // locked
    const Actor& registrar;
    const Millis now;
};

struct Entry {
    std::int64_t mortgage_order = 0;
    std::string certificate_number;  // of the first document; empty: none is issued
    std::string text;                // what took effect: 抵押权自此设立
};

using MakeEntry = Result<Entry> (*)(EntryContext&);

// nullptr: there is no such effect. The server refuses to start with an item that names an unknown one.
MakeEntry entry_maker(std::string_view effect);

RightHolder as_holder(const Party& party);

// entry_mortgage.cc
Result<Entry> enter_mortgage(EntryContext& context);
Result<Entry> alter_mortgage(EntryContext& context);
Result<Entry> assign_mortgage(EntryContext& context);
Result<Entry> end_mortgage(EntryContext& context);
// entry_notice.cc
Result<Entry> enter_sale_notice(EntryContext& context);
Result<Entry> enter_mortgage_notice(EntryContext& context);
// entry_ownership.cc
Result<Entry> transfer_ownership(EntryContext& context);
Result<Entry> rename_holder(EntryContext& context);
Result<Entry> readdress_unit(EntryContext& context);
Result<Entry> replace_certificate(EntryContext& context);
Result<Entry> reissue_certificate(EntryContext& context);

}  // namespace tongban
