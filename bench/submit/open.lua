-- wrk: opens a sitting with every request, as a clerk's browser does. Cookie, token and run come from submit.mjs.
local cookie, csrf, run = os.getenv("BENCH_COOKIE"), os.getenv("BENCH_CSRF"), os.getenv("BENCH_RUN")
local body = '{"home":"370102","item":"DY-01"}'
local count = 0

function request()
  count = count + 1
  return wrk.format("POST", "/api/v1/collections", {
    ["Cookie"] = cookie,
    ["X-CSRF-Token"] = csrf,
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = run .. "-" .. count,
  }, body)
end
