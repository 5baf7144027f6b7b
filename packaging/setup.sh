# Shell functions that make this checkout ready to run: a virtual environment in .venv with the pinned Python packages,
# and the system packages these need. Sourced by run, test and build, which set `root` to the checkout first.
# POSIX sh; nothing here reads standard input.

venv=$root/.venv
python=$venv/bin/python

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "annotator: $*"
    exit 1
}

# set_up run|test: makes the checkout ready for running the program, or for its tests and its bundle as well.
set_up() {
    is_set_up "$1" && return 0
    . "$root/packaging/system.sh"
    choose_base_python
    need_system_packages "$1"
    make_venv
    install_requirements "$1"
    need_qt_libraries
    cp "$(requirements "$1")" "$(stamp "$1")"
    say "Annotator is set up."
}

# This is all that a second start pays for. The stamp is the requirements file as it was installed: comparing is as cheap
# as hashing and cannot collide. The environment points at one version of Python; when that goes, so does its link.
is_set_up() {
    [ -x "$python" ] && cmp -s "$(requirements "$1")" "$(stamp "$1")"
}

requirements() {
    case $1 in
        run) printf '%s' "$root/packaging/requirements.txt" ;;
        test) printf '%s' "$root/packaging/requirements-test.txt" ;;
    esac
}

stamp() { printf '%s' "$venv/set-up-for-$1"; }

# Sets `base_python` to the interpreter the environment is made from, and `base_version` to its version as "3.11".
# 3.11 is what the program is tested on, so it comes first; then the newest that Qt's bindings are made for.
choose_base_python() {
    for candidate in ${PYTHON:-} python3.11 python3.14 python3.13 python3.12 python3; do
        base_python=$("$candidate" -c "$fit_python" 2>/dev/null </dev/null) || continue
        base_version=$("$base_python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        return 0
    done
    stop "Annotator needs Python 3.11, 3.12, 3.13 or 3.14, and found none of them on this machine. Nothing was changed." \
        "On Debian 12 or newer, type: apt-get install python3 python3-venv"
}

# Prints the interpreter's own path, with the version in it: a bare "python3" may be another version after an upgrade.
fit_python='
import os, sys
if not (3, 11) <= sys.version_info < (3, 15):
    sys.exit(1)
print(os.path.realpath(sys.executable))
'

make_venv() {
    "$python" -m pip --version >/dev/null 2>&1 </dev/null && [ "$(version_of_venv)" = "$base_version" ] && return 0
    say "Making a Python $base_version environment in $venv ..."
    "$base_python" -m venv --clear "$venv" </dev/null ||
        stop "$base_python could not make an environment in $venv. Nothing else was changed." \
            "Check that the folder can be written and that the disk has 400 MB free, then run this again."
}

version_of_venv() { "$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

install_requirements() {
    say "Installing the pinned Python packages ..."
    "$python" -m pip install --quiet --no-input --disable-pip-version-check --no-warn-script-location \
        --require-hashes --only-binary :all: --requirement "$(requirements "$1")" </dev/null ||
        stop "the Python packages of $(requirements "$1") could not be installed: the lines above say why." \
            "What is installed stays; run this again when the cause is gone."
}
