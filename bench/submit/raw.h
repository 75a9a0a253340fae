#pragma once
// The peer: the same rows through the C library alone, prepared statements, one transaction per submit, equally
// durable.

#include <functional>
#include <memory>
#include <string>

#include "submit/plan.h"

namespace tongban::bench {

// One connection, used by one thread.
class RawWriter {
public:
    virtual ~RawWriter() = default;
    virtual void write(const Submits::Submit& submit) = 0;
};

std::unique_ptr<RawWriter> raw_sqlite(const std::string& path);
std::unique_ptr<RawWriter> raw_postgres(const std::string& conninfo);

}  // namespace tongban::bench
