#pragma once
// libgcrypt wants to be started exactly once per process, before first use. Internal to platform/crypto.

namespace tongban::crypto {

void start_gcrypt();  // cheap after the first call; thread-safe

}  // namespace tongban::crypto
