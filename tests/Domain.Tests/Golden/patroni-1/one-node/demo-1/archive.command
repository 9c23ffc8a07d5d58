off
