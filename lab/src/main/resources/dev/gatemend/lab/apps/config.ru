# A small application for puma.
#
# /deadlock takes a lock that nobody gives back; /wait and /say as in app.py. While a file named
# misbehave lies beside this one, /slow, /status and /cookie do, too, what they do there.
LOCK = Queue.new

run(lambda do |request|
  what, value = request['PATH_INFO'].delete_prefix('/').split('/')
  misbehaves = File.exist?(File.join(__dir__, 'misbehave'))
  what = nil if %w[slow status cookie].include?(what) && !misbehaves
  sleep(value.to_f) if %w[wait slow].include?(what)
  LOCK.pop if what == 'deadlock'
  headers = { 'Content-Type' => 'text/plain' }
  headers['Set-Cookie'] = "session=#{'a' * value.to_i}" if what == 'cookie'
  [%w[say status].include?(what) ? value.to_i : 200, headers, ["hello from ruby\n"]]
end)
