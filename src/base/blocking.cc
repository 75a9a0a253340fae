#include "base/blocking.h"

namespace tongban {
namespace {

thread_local Blocking::Listener* listener_of_thread = nullptr;
thread_local int depth = 0;

}  // namespace

Blocking::Blocking()
{
    if (depth++ == 0 && listener_of_thread != nullptr) listener_of_thread->wait_begins();
}

Blocking::~Blocking()
{
    if (--depth == 0 && listener_of_thread != nullptr) listener_of_thread->wait_ended();
}

void Blocking::set_listener(Listener* listener)
{
    listener_of_thread = listener;
}

}  // namespace tongban
