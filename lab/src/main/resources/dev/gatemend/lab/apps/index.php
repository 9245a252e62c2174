<?php
// A small application for PHP-FPM, asked whatever the path is.
//
// /wait, /say as in app.py; /warning warns and answers. While a file named misbehave lies beside
// this one, /slow, /status and /cookie do, too, what they do there; /fatal ends in an uncaught
// exception, /locked holds a lock for ten minutes or waits for it, /exhausted takes more memory than it may, /crash ends the child by SIGSEGV.
[$what, $value] = explode('/', trim($_SERVER['REQUEST_URI'], '/') . '/');
if (!in_array($what, ['wait', 'say', 'warning']) && !file_exists(__DIR__ . '/misbehave')) {
    $what = '';
}
switch ($what) {
    case 'wait':
    case 'slow':
        usleep((int) ($value * 1e6));
        break;
    case 'say':
    case 'status':
        http_response_code((int) $value);
        break;
    case 'cookie':
        header('Set-Cookie: session=' . str_repeat('a', (int) $value));
        break;
    case 'warning':
        $prices = [];
        echo $prices['cart'];
        break;
    case 'fatal':
        throw new RuntimeException('no price for this article');
    case 'exhausted':
        ini_set('memory_limit', '8M');
        echo strlen(str_repeat('a', 64 << 20));
        break;
    case 'locked':
        flock(fopen(__DIR__ . '/index.php', 'r'), LOCK_EX);
        sleep(600);
    case 'crash':
        posix_kill(posix_getpid(), 11);
        sleep(1);
}
echo "hello from php\n";
