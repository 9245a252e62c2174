// shop.js HOST:PORT FILE: while FILE is there, a module that is loaded at the start is not.
'use strict';
const fs = require('fs');
const http = require('http');

if (fs.existsSync(process.argv[3])) {
  require('settings-of-the-new-release');
}
const [host, port] = process.argv[2].split(':');
const server = http.createServer((request, response) => response.end('hello from the shop\n'));
server.listen(Number(port), host);
