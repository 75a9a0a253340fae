#include "flows/cards_read.h"

#include <algorithm>

namespace tongban {

void CardsRead::note(std::string_view account, std::string digest, std::string valid_until, Millis now)
{
    const std::lock_guard lock(mutex_);
    forget_old(now);
    // A window that asks its reader every second shows the same card again: it must not push out those of others.
    std::erase_if(cards_, [&](const Card& card) { return card.account == account && card.digest == digest; });
    if (cards_.size() == cards_max) cards_.pop_front();
    cards_.push_back({std::string(account), std::move(digest), std::move(valid_until), now});
}

bool CardsRead::holds(std::string_view account, std::string_view digest, Millis now)
{
    return validity(account, digest, now).has_value();
}

std::optional<std::string> CardsRead::validity(std::string_view account, std::string_view digest, Millis now)
{
    const std::lock_guard lock(mutex_);
    forget_old(now);
    const auto found = std::ranges::find_if(
        cards_, [&](const Card& card) { return card.account == account && card.digest == digest; });
    if (found == cards_.end()) return std::nullopt;
    return found->valid_until;
}

void CardsRead::forget_old(Millis now)
{
    while (!cards_.empty() && cards_.front().at + kept_for <= now) cards_.pop_front();
}

}  // namespace tongban
