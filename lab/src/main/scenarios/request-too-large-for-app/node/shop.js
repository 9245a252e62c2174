// A server that hangs up on what it cannot read, and logs why: shop.js PORT
'use strict';
const http = require('http');

const server = http.createServer((request, response) => response.end('hello from node\n'));
server.on('clientError', (error, socket) => {
  console.error(new Date().toISOString(), error.code, error.reason);
  socket.destroy();
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
