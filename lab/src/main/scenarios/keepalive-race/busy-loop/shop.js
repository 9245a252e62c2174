// A shop that works on a report for two seconds when it is told to by SIGUSR2, and answers nobody meanwhile:
// shop.js PORT PID_FILE
'use strict';
const fs = require('fs');
const http = require('http');

const server = http.createServer((request, response) => {
  request.resume();
  response.end('hello from node\n');
});
process.on('SIGUSR2', () => {
  console.log('busy');
  const end = Date.now() + 2000;
  while (Date.now() < end);
});
fs.writeFileSync(process.argv[3], String(process.pid));
// Node.js has 5 seconds; less, so that the drill is short.
server.keepAliveTimeout = 1000;
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
