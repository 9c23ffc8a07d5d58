# Names and places of a lab. Everything that a lab makes is found by these alone, so that down needs no record that an up would have to have written.
lab_root=/run/agents-lab

say() { printf 'lab: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
impossible() { say "$*"; exit 3; }
usage() { sed -n '2,19s/^# \{0,1\}//p' "$here/lab" >&2; exit 2; }
as_root() { [ "$(id -u)" = 0 ] || impossible "this needs root: run it with sudo"; }

# settle_name: a name is part of interface names (15 characters at most) and of patterns, so it is a small word and has no dash.
settle_name() {
    [[ $name =~ ^[a-z][a-z0-9]{0,9}$ ]] || { say "$name is no name for a lab: a letter, then up to 9 letters or digits"; exit 2; }
    state=$lab_root/$name
    data_root=$(cat "$state/data" 2>/dev/null || echo "${LAB_DATA:-/var/lib/agents-lab}")
    data=$data_root/$name
    cgroup=agents-lab/$name
    switch=$name-net
    controller_link=$name-ctl
}

# A host's things. k is its number, 1 to 100.
number_of() { [[ $1 =~ ^h([1-9][0-9]{0,2})$ ]] && [ "${BASH_REMATCH[1]}" -le 100 ] && echo "${BASH_REMATCH[1]}"; }
namespace_of() { echo "$name-$1"; }
socket_of() { echo "$state/$1/docker.sock"; }
network() { [ -s "$state/network" ] || fail "there is no lab called $name: lab up N --name $name"; cat "$state/network"; }
address_of() {
    case $1 in
        controller) echo "$(network).1" ;;
        foreign) echo "$(network).200" ;;
        *) echo "$(network).$((10 + $(number_of "$1")))" ;;
    esac
}

hosts() { [ ! -d "$state" ] || find "$state" -mindepth 1 -maxdepth 1 -type d -name 'h[1-9]*' -printf '%f\n' | sort -V; }
a_host() { [ -n "$(number_of "$1")" ] && [ -d "$state/$1" ] || { say "lab $name has no host $1"; exit 2; }; }
