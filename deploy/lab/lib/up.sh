# Makes a lab, or what is missing of one: each step looks before it makes, so an up after an up that was killed goes on from there.

take_up_options() {
    count= engine= images= live_restore=false
    while [ $# -gt 0 ]; do
        case $1 in
            --name | --engine | --images) [ $# -gt 1 ] || usage ;;&
            --name) name=$2; shift 2 ;;
            --engine) engine=$2; shift 2 ;;
            --images) images=$2; shift 2 ;;
            --live-restore) live_restore=true; shift ;;
            *) [ -z "$count" ] || usage; count=$1; shift ;;
        esac
    done
    [[ $count =~ ^[1-9][0-9]{0,2}$ ]] && [ "$count" -le 100 ] || { say "up N: 1 to 100 hosts"; exit 2; }
    [ -z "$engine" ] || [ "$engine" = 20 ] || [ "$engine" = 29 ] || { say "--engine 20 (the machine's own) or 29"; exit 2; }
    [ -z "$images" ] || [ -s "$images/images.json" ] || { say "$images is no image set: deploy/images/build makes one"; exit 2; }
}

up() {
    local k
    locked
    mkdir -p "$state"
    [ -s "$state/data" ] || { echo "$data_root" >"$state/data.part"; mv "$state/data.part" "$state/data"; }
    mkdir -p "$data"
    [ -n "$engine" ] || engine=$(cat "$state/engine" 2>/dev/null || echo 20)
    [ "$(cat "$state/engine" 2>/dev/null || echo "$engine")" = "$engine" ] || { say "lab $name has another engine: lab down --name $name"; exit 2; }
    echo "$engine" >"$state/engine"
    ! $live_restore || : >"$state/live-restore"
    engine_path >/dev/null
    choose_network
    switch_on
    for k in $(seq "$count"); do mkdir -p "$state/h$k"; connect "h$k"; done
    each_host up_host
    list
}

up_host() {
    start_engine "$1"
    [ -z "$images" ] || load_images "$1" "$images"
}

# each_host CMD: CMD HOST for all N hosts at once; fails if one does.
each_host() {
    local k pid pids=() failed=false
    for k in $(seq "$count"); do "$1" "h$k" & pids+=($!); done
    for pid in "${pids[@]}"; do wait "$pid" || failed=true; done
    ! $failed || exit 1
}

# locked: one change of a lab at a time. The file goes with the lab, so a lock on a file that is no longer there counts for nothing.
locked() {
    mkdir -p "$lab_root"
    while :; do
        exec 9>"$state.lock"
        flock 9
        [ "$(stat -Lc %i /proc/self/fd/9)" != "$(stat -c %i "$state.lock" 2>/dev/null)" ] || return 0
    done
}
