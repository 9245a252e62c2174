// A small application: app.js HOST:PORT|unix:PATH
// The same paths as app.py.
'use strict';
const fs = require('fs');
const http = require('http');

const server = http.createServer((request, response) => {
  const [what, value] = request.url.slice(1).split('/');
  const answer = () => {
    response.statusCode = what === 'status' ? Number(value) : 200;
    if (what === 'cookie') {
      response.setHeader('Set-Cookie', 'session=' + 'a'.repeat(Number(value)));
    }
    response.end('hello from node\n');
  };
  if (what === 'deadlock') {
    return;
  }
  request.resume();
  setTimeout(answer, what === 'slow' ? Number(value) * 1000 : 0);
});

const bind = process.argv[2];
if (bind.startsWith('unix:')) {
  const path = bind.slice(5);
  fs.rmSync(path, { force: true });
  server.listen(path, () => {
    fs.chmodSync(path, 0o666);
    console.log('ready');
  });
} else {
  const colon = bind.lastIndexOf(':');
  server.listen(Number(bind.slice(colon + 1)), bind.slice(0, colon), () => console.log('ready'));
}
process.on('SIGTERM', () => process.exit(0));
