#include "modules/collections/core/collection.h"

#include "base/text_table.h"

namespace tongban {
namespace {

using enum CollectionState;

constexpr TextTable<CollectionState, 6> states{{{
    {open, "open"},
    {pushed, "pushed"},
    {received, "received"},
    {supplement, "supplement"},
    {closed, "closed"},
    {cancelled, "cancelled"},
}}};

constexpr TextTable<CollectionState, 6> state_names{{{
    {open, "代收中"},
    {pushed, "已推送"},
    {received, "属地已接收"},
    {supplement, "待补正"},
    {closed, "已办结"},
    {cancelled, "已取消"},
}}};

constexpr TextTable<CollectionAction, 9> actions{{{
    {CollectionAction::open, "open"},
    {CollectionAction::edit, "edit"},
    {CollectionAction::push, "push"},
    {CollectionAction::cancel, "cancel"},
    {CollectionAction::take_case_number, "take_case_number"},
    {CollectionAction::take_receipt, "take_receipt"},
    {CollectionAction::take_progress, "take_progress"},
    {CollectionAction::take_supplement_request, "take_supplement_request"},
    {CollectionAction::take_end, "take_end"},
}}};

}  // namespace

std::string_view to_text(CollectionState state)
{
    return states.text(state);
}
std::string_view to_text(CollectionAction action)
{
    return actions.text(action);
}
std::string_view chinese(CollectionState state)
{
    return state_names.text(state);
}
const CollectionState* find_collection_state(std::string_view text)
{
    return states.find(text);
}

}  // namespace tongban
