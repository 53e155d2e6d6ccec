-- Posts pages to a running site: each request takes the next page of the list, so that no page is sent twice.
-- ALTERNATE=1 gets each page before it is posted. A line of the list: path <tab> token.
local pages, lookup, at, turn = {}, {}, 0, 0
sent, taken, other = 0, 0, 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    local path, token = line:match("^(.-)\t(.+)$")
    pages[#pages + 1] = { path, token }
  end
  body = args[2]
  alternate = args[3] == "1"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  seen = {}
end

function request()
  if alternate and turn == 0 then
    turn = 1
    return wrk.format("GET", pages[at + 1][1])
  end
  turn = 0
  at = at + 1
  if at > #pages then
    wrk.thread:stop()
    at = #pages
  end
  sent = sent + 1
  local answer = tostring(at % 10 + 1)
  return wrk.format("POST", pages[at][1], nil, "_token=" .. pages[at][2] .. body:gsub("@", answer))
end

function response(status)
  if status == 303 then
    taken = taken + 1
  elseif status ~= 200 then
    other = other + 1
  end
end

function done(summary, latency)
  local ok, wrong = 0, 0
  for _, thread in ipairs(threads) do
    ok = ok + thread:get("taken")
    wrong = wrong + thread:get("other")
  end
  local errors = summary.errors
  io.write(string.format(
    "RESULT {\"seconds\": %f, \"requests\": %d, \"taken\": %d, \"refused\": %d, \"broken\": %d, \"p50\": %f, \"p99\": %f}\n",
    summary.duration / 1e6, summary.requests, ok, wrong, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
