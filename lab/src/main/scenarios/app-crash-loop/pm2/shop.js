// shop.js HOST:PORT FILE: while FILE is there, it ends a moment after it has begun to listen.
'use strict';
const fs = require('fs');
const http = require('http');

const [host, port] = process.argv[2].split(':');
const server = http.createServer((request, response) => response.end('hello from the shop\n'));
server.listen(Number(port), host, () => {
  console.log('listening on %s', process.argv[2]);
  if (fs.existsSync(process.argv[3])) {
    setTimeout(() => process.exit(1), 50);
  }
});
