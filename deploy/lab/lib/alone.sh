# alone CMD…: takes the place of the (sub)shell that calls it, with the three streams and no other descriptor: what outlives its caller holds none of its files, pipes or locks.
alone() {
    local descriptor
    for descriptor in /proc/self/fd/*; do
        [ "${descriptor##*/}" -le 2 ] || eval "exec ${descriptor##*/}>&-"
    done
    exec "$@"
}
