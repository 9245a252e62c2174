// A server that speaks WebSocket and nothing else: chat.js PORT
'use strict';
const crypto = require('crypto');
const http = require('http');

const server = http.createServer((request) => request.socket.destroy());
server.on('upgrade', (request, socket) => {
  const accepted = crypto
    .createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
    .digest('base64');
  socket.end(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Accept: ' + accepted + '\r\n\r\n');
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
