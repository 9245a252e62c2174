// A small application: app.js HOST:PORT|unix:PATH
// /wait/SECONDS answers late, /say/N answers N; anything else is a greeting. While a file named
// misbehave lies beside this one, /slow/SECONDS answers late, too, /status/N answers N, and
// /cookie/BYTES sets that much cookie.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');

const misbehaving = () => fs.existsSync(path.join(__dirname, 'misbehave'));

const server = http.createServer((request, response) => {
  let [what, value] = request.url.slice(1).split('/');
  if (['slow', 'status', 'cookie'].includes(what) && !misbehaving()) {
    what = '';
  }
  const answer = () => {
    response.statusCode = ['status', 'say'].includes(what) ? Number(value) : 200;
    if (what === 'cookie') {
      response.setHeader('Set-Cookie', 'session=' + 'a'.repeat(Number(value)));
    }
    response.end('hello from node\n');
  };
  request.resume();
  setTimeout(answer, ['slow', 'wait'].includes(what) ? Number(value) * 1000 : 0);
});

const bind = process.argv[2];
if (bind.startsWith('unix:')) {
  const socket = bind.slice(5);
  fs.rmSync(socket, { force: true });
  server.listen(socket, () => {
    fs.chmodSync(socket, 0o666);
    console.log('ready');
  });
} else {
  const colon = bind.lastIndexOf(':');
  server.listen(Number(bind.slice(colon + 1)), bind.slice(0, colon), () => console.log('ready'));
}
process.on('SIGTERM', () => process.exit(0));
