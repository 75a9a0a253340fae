#pragma once
// What an entry 登簿 does to the register. Each kind of entry is one function named by the item's `effect`; the rules
// have been judged on the locked unit before it runs, and whatever it does is in the registration transaction.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "modules/access/core/actor.h"
#include "modules/cases/core/case.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/certificate_store.h"
#include "modules/register_book/register_book.h"

namespace tongban {

struct EntryContext {
    Sql& sql;
    const Case& subject;
    const Item& item;
    const Facts& facts;        // facts_of_case()
    const RegisterView& unit;  // locked
    const Actor& registrar;
    Millis now = 0;
    RegisterBook& book;
    // Makes the document that the item issues, with its number; `other`: what a third person must know of the right.
    std::function<Certificate(std::string other)> certificate;
};

struct Entry {
    std::int64_t mortgage_order = 0;
    std::string certificate_number;  // of the first document; empty: none is issued
    std::string text;                // what took effect: 抵押权自此设立
};

using MakeEntry = Result<Entry> (*)(EntryContext&);

// nullptr: there is no such effect. The server refuses to start with an item that names an unknown one.
MakeEntry entry_maker(std::string_view effect);

// Parts that several entries share.
const Party* first_in_role(const Dossier& dossier, PartyRole role);  // nullptr when there is none
const RegisteredMortgage& mortgage_named(const RegisterView& unit, const std::string& certificate_number);

Result<Entry> enter_mortgage(EntryContext& context);
Result<Entry> end_mortgage(EntryContext& context);

}  // namespace tongban
