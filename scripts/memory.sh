#!/bin/sh
# Print where tests keep their files: in memory where there is room and programs may run, since SQLite waits
# for a disk at each commit; otherwise in the usual temporary folder.
memory=/dev/shm
probe=$(mktemp "$memory/probe-XXXXXX" 2>/dev/null) && {
    trap 'rm -f "$probe"' EXIT
    printf '#!/bin/sh\n' >"$probe" && chmod +x "$probe"
    free=$(df -Pk "$memory" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt 3000000 ] && "$probe" 2>/dev/null && echo "$memory" && exit
}
echo "${TMPDIR:-/tmp}"
