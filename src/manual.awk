# Fills the manual's source: a line @TABLE@ becomes what the program lists.
/^@[a-z]+@$/ {
    command = "./optrender list " substr($0, 2, length($0) - 2) " --roff"
    lines = 0
    while ((command | getline line) > 0) {
        print line
        lines++
    }
    close(command)
    if (!lines) {
        print command " prints nothing" > "/dev/stderr"
        exit 1
    }
    next
}
{
    gsub(/@VERSION@/, version)
    print
}
