// Pages, and a WebSocket at /ws alone, as the documentation of the ws package has it: shop.js PORT
'use strict';
const http = require('http');

const server = http.createServer((request, response) => response.end('hello from node\n'));
server.on('upgrade', (request, socket) => {
  if (request.url !== '/ws') {
    socket.destroy();
    return;
  }
  socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
