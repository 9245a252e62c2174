// A shop that works on a report for two seconds, and answers nobody meanwhile: shop.js SOCKET
'use strict';
const fs = require('fs');
const http = require('http');

const server = http.createServer((request, response) => {
  request.resume();
  if (request.url === '/report') {
    console.log('busy');
    const end = Date.now() + 2000;
    while (Date.now() < end);
  }
  response.end('hello from node\n');
});
// Node.js has 5 seconds; less, so that the drill is short.
server.keepAliveTimeout = 1000;
server.listen(process.argv[2], () => {
  fs.chmodSync(process.argv[2], 0o666);
  console.log('ready');
});
process.on('SIGTERM', () => process.exit(0));
