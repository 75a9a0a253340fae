#include "modules/exchange/core/exchange.h"

namespace tongban {

std::string message_bytes(const Message& message)
{
    std::string bytes;
    const auto add = [&](std::string_view field) {
        bytes += std::to_string(field.size());
        bytes += ':';
        bytes += field;
    };
    add("tongban-message-1");
    add(message.id);
    add(std::to_string(message.from));
    add(std::to_string(message.to));
    add(message.kind);
    add(std::to_string(message.sent_at));
    add(message.digest);  // stands for the body
    return bytes;
}

}  // namespace tongban
