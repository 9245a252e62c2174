"""database.py DATA: cannot start without its data."""
import os
import signal
import subprocess
import sys

if not os.path.exists(sys.argv[1]):
    sys.exit(f"FATAL: data directory {sys.argv[1]} does not exist")
subprocess.run(["systemd-notify", "--ready"], check=True)
signal.pause()
